import type { Input } from "../engine/status.ts";
import type { Narrator } from "./captions.ts";
import type { Engine, Rows } from "./engine-port.ts";
import type { Moment } from "./moments.ts";
import type { Run } from "./run.ts";

/**
 * Looks ahead of what is displayed, on a fork: what will be worth a caption, and when. It knows the inputs that are
 * recorded; whatever a person does makes a new lookout necessary.
 */
export class Lookout {
  private readonly engine: Engine;
  private readonly narrator: Narrator;
  private readonly inputs: readonly Input[];
  private readonly rows: Rows;
  /** When the captions that are still to come begin, ascending. */
  private readonly captionsUs: number[] = [];
  private moments: Moment[] = [];

  constructor(run: Run) {
    this.engine = run.engine.fork();
    this.narrator = run.narrator.clone();
    this.inputs = run.recipe.inputs;
    this.rows = joined(this.engine.journal, run.engine.journal);
  }

  /** All until then is known. */
  get knownUs(): number {
    return this.engine.nowUs;
  }

  get events(): number {
    return this.engine.events;
  }

  /** Looks until `toUs`, or `maxEvents` further; false if it didn't get there. */
  look(toUs: number, maxEvents: number): boolean {
    if (toUs <= this.engine.nowUs) return true;
    const input = this.inputs[this.engine.inputs.length];
    const goalUs = input === undefined ? toUs : Math.min(toUs, input.atUs - 1);
    const arrived = goalUs <= this.engine.nowUs || this.engine.runUntil(goalUs, maxEvents);
    if (arrived && input !== undefined && input.atUs <= toUs) {
      if ("act" in input) this.engine.act(input.act);
      else this.engine.edit(input.document);
      this.engine.runUntil(input.atUs);
    }
    this.read();
    return arrived && this.engine.nowUs >= toUs;
  }

  /** The next thing worth a caption after a time, as far as is known. */
  nextCaptionUs(nowUs: number): number | null {
    while (this.captionsUs.length > 0 && this.captionsUs[0]! <= nowUs) this.captionsUs.shift();
    return this.captionsUs[0] ?? null;
  }

  /** The moments seen since this was last asked. */
  takeMoments(): Moment[] {
    const taken = this.moments;
    this.moments = [];
    return taken;
  }

  private read(): void {
    const told = this.narrator.read(this.rows);
    for (const caption of told.fresh) this.captionsUs.push(caption.atUs);
    this.moments.push(...told.moments);
    this.engine.takeChanged();
  }
}

/** A fork's journal begins where its origin's ended; causes from before are found there. */
function joined(fork: Rows, origin: Rows): Rows {
  return {
    get length() {
      return fork.length;
    },
    row: (id) => fork.row(id) ?? origin.row(id),
    what: (id) => fork.what(id) ?? origin.what(id),
    kept: (fromId) => fork.kept(fromId),
    ofRequest: (client, number) => [...new Set([...origin.ofRequest(client, number), ...fork.ofRequest(client, number)])],
  };
}
