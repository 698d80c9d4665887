import type { Act, Topology } from "../document/topology.ts";
import type { Input } from "../engine/status.ts";
import { vocabulary } from "../engine/vocabulary.ts";
import type { Budget } from "./budget.ts";
import { Narrator, type Told } from "./captions.ts";
import { Checkpoints, type Checkpoint } from "./checkpoints.ts";
import type { Chronicle } from "./chronicle.ts";
import type { Engine, MakeEngine } from "./engine-port.ts";
import { HopBuffer } from "./hop-buffer.ts";
import { sameUntilUs, type Recipe } from "./recipe.ts";

/** Events between two looks at the budget: a millisecond or two. */
const eventsAtOnce = 2_000;

/** What comes of an absorbed stretch of the run; the session collects it for the next frame. */
export interface RunListener {
  told(told: Told): void;
  chronicle(): Chronicle;
}

/**
 * The one run that is displayed: an engine, the recipe it plays, and the places it can go back to. Everything it
 * shows is its engine's state at the time displayed; it never runs ahead.
 */
export class Run {
  engine: Engine;
  recipe: Recipe;
  narrator = new Narrator();
  readonly hops = new HopBuffer();
  private checkpoints = new Checkpoints();
  private readonly make: MakeEngine;
  private readonly listener: RunListener;
  private readonly digest: boolean;

  constructor(make: MakeEngine, recipe: Recipe, listener: RunListener, digest: boolean) {
    this.make = make;
    this.listener = listener;
    this.digest = digest;
    this.recipe = recipe;
    this.engine = this.begin();
  }

  get nowUs(): number {
    return this.engine.nowUs;
  }

  /** When the next event or recorded input comes. */
  nextEventUs(): number {
    return Math.min(this.engine.nextEventUs(), this.nextInput()?.atUs ?? Infinity);
  }

  /** Plays up to and including `toUs`; false if the budget ended before. */
  play(toUs: number, budget: Budget | null): boolean {
    for (;;) {
      const input = this.nextInput();
      const goalUs = input === undefined ? toUs : Math.min(toUs, input.atUs - 1);
      if (this.engine.nowUs < goalUs && !this.playOn(goalUs, budget)) return false;
      if (input === undefined || input.atUs > toUs) break;
      this.replay(input);
    }
    this.absorb();
    return true;
  }

  /**
   * Plays the next event that shows: one that moves the clock or writes a row. False if nothing will ever happen.
   */
  stepEvent(): boolean {
    const { nowUs } = this.engine;
    const rows = this.engine.journal.length;
    while (this.engine.nowUs === nowUs && this.engine.journal.length === rows) if (!this.stepOnce()) return false;
    this.absorb();
    return true;
  }

  /**
   * Plays until something about a life or a loss has been written, and stops in its midst; or until `toUs`.
   * False if the budget ended before.
   */
  playToKeptRow(toUs: number, budget: Budget | null): boolean {
    for (let events = 0; ; events++) {
      const rows = this.engine.journal.length;
      if (this.nextEventUs() > toUs) return this.play(toUs, null);
      this.stepOnce();
      if (this.wroteKept(rows)) break;
      if (events < eventsAtOnce) continue;
      this.absorb();
      if (budget?.isSpent === true) return false;
      events = 0;
    }
    this.absorb();
    return true;
  }

  /** Does something to the run at the time displayed. Recorded inputs that were still to come are no more. */
  do(what: { readonly act: Act } | { readonly document: Topology }): void {
    this.keep();
    const past = this.recipe.inputs.slice(0, this.engine.inputs.length);
    const input = "act" in what ? this.engine.act(what.act) : this.engine.edit(what.document);
    this.recipe = { ...this.recipe, inputs: [...past, input] };
    this.engine.runUntil(input.atUs);
    this.absorb();
  }

  /** Ends the instant displayed, and keeps it as a place to go back to. */
  hold(): void {
    this.play(this.nowUs, null);
    this.keep();
  }

  /** The engine threw: back to the last place where it was whole. */
  rescue(): void {
    const checkpoint = this.checkpoints.before(Infinity);
    if (checkpoint === null) this.engine = this.begin();
    else this.goBack(checkpoint);
  }

  /** Whether inputs are recorded that the run has not come to. */
  get hasFuture(): boolean {
    return this.nextInput() !== undefined;
  }

  /** Goes to the last place at or before `toUs` on a recipe from which `play` can go on. */
  jump(recipe: Recipe, toUs: number): void {
    const commonUs = Math.min(toUs, sameUntilUs(this.recipe, recipe));
    const checkpoint = this.checkpoints.before(commonUs);
    this.recipe = recipe;
    const isOnTheWay = checkpoint !== null && this.nowUs <= commonUs && this.nowUs >= checkpoint.atUs;
    if (isOnTheWay) return;
    if (checkpoint === null) this.engine = this.begin();
    else this.goBack(checkpoint);
  }

  /**
   * An engine of its own at the last checkpoint for which `isEarly` holds, to look up what was forgotten; null if
   * it holds for none. Once it doesn't hold, it never does again.
   */
  past(isEarly: (engine: Engine) => boolean): Engine | null {
    let found: Engine | null = null;
    let low = 0;
    let high = this.checkpoints.all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const engine = this.engine.fork();
      engine.restore(this.checkpoints.all[middle]!.saved);
      if (isEarly(engine)) {
        found = engine;
        low = middle + 1;
      } else high = middle;
    }
    return found;
  }

  /** Takes in what the engine has fed and written since, and keeps a checkpoint when it is time. */
  absorb(): void {
    const { engine } = this;
    this.hops.absorb(engine.feed.takeHops(), engine.feed.takeMarks(), engine.nowUs);
    this.listener.told(this.narrator.read(engine.journal));
    this.listener.chronicle().note(engine.nowUs, () => engine.counters());
    if (this.checkpoints.isDue(engine.nowUs, engine.events)) this.keep();
  }

  private begin(): Engine {
    const { document, seed, cold } = this.recipe;
    const engine = this.make({ document, seed, cold, watch: true, digest: this.digest });
    this.checkpoints = new Checkpoints();
    this.narrator = new Narrator();
    this.hops.jump(new Float64Array(0));
    this.engine = engine;
    this.absorb();
    return engine;
  }

  private goBack(checkpoint: Checkpoint): void {
    this.engine.restore(checkpoint.saved);
    this.engine.feed.takeHops();
    this.engine.feed.takeMarks();
    this.narrator = checkpoint.narrator.clone();
    this.hops.jump(checkpoint.flying);
    this.checkpoints.forgetAfter(checkpoint.atUs);
  }

  private stepOnce(): boolean {
    const input = this.nextInput();
    if (input === undefined || input.atUs > this.engine.nextEventUs()) return this.engine.step();
    this.engine.runUntil(input.atUs - 1);
    this.replay(input);
    return true;
  }

  private wroteKept(from: number): boolean {
    const { journal } = this.engine;
    for (let id = from; id < journal.length; id++) if (vocabulary[journal.what(id)!] !== "hop") return true;
    return false;
  }

  private nextInput(): Input | undefined {
    return this.recipe.inputs[this.engine.inputs.length];
  }

  private playOn(toUs: number, budget: Budget | null): boolean {
    while (!this.engine.runUntil(toUs, eventsAtOnce)) {
      this.absorb();
      if (budget?.isSpent === true) return false;
    }
    return true;
  }

  /** The engine stands one microsecond before the input. */
  private replay(input: Input): void {
    this.absorb();
    this.keep();
    if ("act" in input) this.engine.act(input.act);
    else this.engine.edit(input.document);
    this.engine.runUntil(input.atUs);
  }

  private keep(): void {
    const { engine } = this;
    const saved = engine.checkpoint();
    this.checkpoints.add({
      atUs: engine.nowUs,
      events: engine.events,
      saved,
      narrator: this.narrator.clone(),
      flying: this.hops.flying,
    });
  }
}
