import { hopField, hopKinds, hopStride, markField, markKinds, markStride, type HopKind } from "./protocol.ts";

/** More than this in one frame nobody can see; errors are kept all the same (TIME.md 2). */
export const hopsPerFrame = 4_000;
const marksPerFrame = 4_000;
const failures: ReadonlySet<HopKind> = new Set(["error", "refusal"]);
const failureKinds = hopKinds.map((kind) => failures.has(kind));
const routineMarks: ReadonlySet<number> = new Set([markKinds.indexOf("queued"), markKinds.indexOf("begun")]);
const none = new Float64Array(0);

/** Collects what the engine feeds between two frames, and knows which messages are on their way. */
export class HopBuffer {
  private begun: Float64Array = none;
  private marks: Float64Array = none;
  private onTheWay: Float64Array = none;

  absorb(hops: Float64Array, marks: Float64Array, nowUs: number): void {
    const stillFlying = pick(this.onTheWay, hopStride, (at, from) => from[at + hopField.endUs]! > nowUs);
    this.onTheWay = join(
      stillFlying,
      pick(hops, hopStride, (at, from) => from[at + hopField.endUs]! > nowUs),
    );
    this.begun = sampleHops(join(this.begun, hops), hopsPerFrame * 2);
    this.marks = sampleMarks(join(this.marks, marks));
  }

  /** The run jumped: only what is on its way is left to draw. */
  jump(flying: Float64Array): void {
    this.onTheWay = flying;
    this.begun = none;
    this.marks = none;
  }

  get flying(): Float64Array {
    return this.onTheWay;
  }

  /** @param fresh whoever draws has forgotten all, and needs what is on its way, whenever it began */
  take(fresh: boolean): { hops: Float64Array; marks: Float64Array } {
    const hops = sampleHops(fresh ? this.onTheWay.slice() : this.begun, hopsPerFrame);
    const taken = { hops: own(hops), marks: fresh ? own(none) : own(this.marks) };
    this.begun = none;
    this.marks = none;
    return taken;
  }
}

/** Keeps all hops of every nth request, so that a journey that is drawn is drawn whole, and all failures. */
function sampleHops(hops: Float64Array, room: number): Float64Array {
  const count = hops.length / hopStride;
  if (count <= room) return hops;
  const step = Math.ceil(count / room) * 2;
  const kept = pick(hops, hopStride, (at, from) => isFailure(from, at) || from[at + hopField.number]! % step === 0);
  return kept.length / hopStride <= room ? kept : kept.slice(-room * hopStride);
}

function isFailure(hops: Float64Array, at: number): boolean {
  return hops[at + hopField.lost] === 1 || failureKinds[hops[at + hopField.kind]!]!;
}

function sampleMarks(marks: Float64Array): Float64Array {
  if (marks.length <= marksPerFrame * markStride) return marks;
  const telling = pick(marks, markStride, (at, from) => !routineMarks.has(from[at + markField.what]!));
  return telling.slice(-marksPerFrame * markStride);
}

/** What is taken may be transferred to another thread: the one empty array must not go with it. */
function own(rows: Float64Array): Float64Array {
  return rows === none ? new Float64Array(0) : rows;
}

function pick(rows: Float64Array, stride: number, keep: (at: number, rows: Float64Array) => boolean): Float64Array {
  const kept = new Float64Array(rows.length);
  let length = 0;
  for (let at = 0; at < rows.length; at += stride) {
    if (!keep(at, rows)) continue;
    kept.set(rows.subarray(at, at + stride), length);
    length += stride;
  }
  return kept.slice(0, length);
}

function join(one: Float64Array, other: Float64Array): Float64Array {
  if (one.length === 0) return other;
  if (other.length === 0) return one;
  const both = new Float64Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
