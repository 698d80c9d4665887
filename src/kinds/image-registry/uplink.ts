import type { Checkpointed } from "../../engine/kernel/table.ts";
import { priority } from "../../engine/kernel/kernel.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";

/** A layer that somebody has asked for. */
interface Wanted {
  readonly pull: number;
  readonly generation: number;
  /** The row by which it was asked for. */
  readonly cause: number;
}

interface Line {
  readonly wanted: readonly Wanted[];
  /** The layer on the wire; a layer that is broken off is another one. */
  readonly serial: number;
}

const empty: Line = { wanted: [], serial: 0 };

/** The wire that all who pull share: one layer after another, in the order in which they were asked for. */
export class Uplink implements Checkpointed {
  private readonly run: Run;
  /** How long so much takes to send. */
  private readonly sendUs: (registry: number, bytes: number) => number;
  private lines: Line[] = [];

  constructor(run: Run, sendUs: (registry: number, bytes: number) => number) {
    this.run = run;
    this.sendUs = sendUs;
    run.keep(this);
    run.receive(code.layerSent, (registry, serial) => {
      if (this.of(registry).serial === serial) this.sendNext(registry, this.of(registry).wanted.slice(1));
    });
  }

  ask(registry: number, pull: number, generation: number): void {
    const { wanted, serial } = this.of(registry);
    const longer = [...wanted, { pull, generation, cause: this.run.kernel.cause }];
    if (wanted.length === 0) this.sendNext(registry, longer);
    else this.lines[registry] = { wanted: longer, serial };
  }

  /** Nobody waits for these layers any more: the wire is free for the others. */
  forget(registry: number, pull: number): void {
    const { wanted, serial } = this.of(registry);
    const left = wanted.filter((one) => one.pull !== pull);
    if (left.length === wanted.length) return;
    if (wanted[0] === left[0]) this.lines[registry] = { wanted: left, serial };
    else this.sendNext(registry, left);
  }

  /** The registry is gone, and all that it had to send. */
  clear(registry: number): void {
    this.lines[registry] = { wanted: [], serial: this.of(registry).serial + 1 };
  }

  private of(registry: number): Line {
    return this.lines[registry] ?? empty;
  }

  private sendNext(registry: number, wanted: readonly Wanted[]): void {
    const { kernel, pulls, wires, world } = this.run;
    const serial = this.of(registry).serial + 1;
    const first = wanted.findIndex(({ pull, generation }) => pulls.table.generation[pull] === generation);
    const left = first < 0 ? [] : wanted.slice(first);
    this.lines[registry] = { wanted: left, serial };
    const [next] = left;
    const link = next === undefined ? undefined : world.links[pulls.table.link[next.pull]!];
    if (next === undefined || link === undefined) return;
    const { cause } = kernel;
    kernel.cause = next.cause;
    const bytes = pulls.takeLayerBytes(registry, next.pull);
    const sentUs = kernel.nowUs + this.sendUs(registry, bytes);
    pulls.answer(next.pull, link, wires.takeIn(link.from, bytes, sentUs), code.layerAnswer, true);
    kernel.push(sentUs, priority.completion, code.layerSent, registry, serial, 0);
    kernel.cause = cause;
  }

  save(): unknown {
    return this.lines.slice();
  }

  load(saved: unknown): void {
    this.lines = (saved as Line[]).slice();
  }
}
