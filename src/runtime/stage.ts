import type { Act, Topology } from "../document/topology.ts";
import { answerTo } from "./answers.ts";
import type { Budget } from "./budget.ts";
import type { Told } from "./captions.ts";
import { Director } from "./director.ts";
import { Frames } from "./frames.ts";
import { Lines, type Line } from "./lines.ts";
import { Pacer } from "./pacer.ts";
import type { Ask, Branch, Caption, Frame, TimeState, ToSession } from "./protocol.ts";
import { sameUntilUs, upTo, type Recipe } from "./recipe.ts";
import { Run } from "./run.ts";
import type { SessionOptions } from "./session.ts";
import { typicalHopUs } from "./typical-hop.ts";

/** Something that may take more than one frame; the clock waits until `goOn` is true. */
interface Errand {
  readonly goOn: (budget: Budget | null) => boolean;
  /** Whether what it passes is shown: a seek shows only where it arrives. */
  readonly shown: boolean;
}

interface Mark {
  readonly line: Omit<Line, "id">;
  readonly atUs: number;
}

type Reset = Extract<ToSession, { type: "reset" }>;

/** A caption is looked for no further than this: with nothing to come, the clock moves so far and stops. */
const captionSearchUs = 60_000_000;

/** One opened document in play: what is displayed, what was left behind, and the ways between them. */
export class Stage {
  private readonly options: SessionOptions;
  private readonly budget: Budget;
  private readonly lines: Lines;
  private readonly director: Director;
  private readonly run: Run;
  private readonly pacer: Pacer;
  private readonly frames = new Frames();
  private errand: Errand | null = null;
  private marked: Mark | null = null;
  private playing = false;
  /** What the view holds to be the document. */
  private documentShown: Topology;
  /** Captions that began or grew since the last frame. */
  private told = new Map<number, Caption>();
  private begunCaptions = 0;
  private fresh = true;
  private dirty = true;
  private logsHops = false;

  constructor(options: SessionOptions, budget: Budget, recipe: Recipe) {
    this.options = options;
    this.budget = budget;
    this.lines = new Lines(recipe);
    this.documentShown = recipe.document;
    this.director = new Director(typicalHopUs(recipe.document));
    const listener = { told: (told: Told) => this.hear(told), chronicle: () => this.lines.current.chronicle };
    this.run = new Run(options.make, recipe, listener, options.digest === true);
    this.pacer = new Pacer(this.run, this.director, budget);
  }

  advance(wallMs: number): Frame | null {
    if (this.errand !== null) {
      const { goOn, shown } = this.errand;
      if (goOn(this.budget)) this.arrive();
      else if (!shown) return null;
    } else if (this.playing) this.pacer.advance(wallMs);
    if (!this.playing && !this.dirty && this.errand === null) return null;
    return this.frame(wallMs);
  }

  tune(speed: number, directed: boolean, playing: boolean): void {
    if (this.director.on !== directed) {
      this.director.on = directed;
      this.pacer.jump();
    }
    this.pacer.setSpeed(speed);
    this.playing = playing;
    this.dirty = true;
  }

  act(act: Act): void {
    this.change({ act });
  }

  /** An edit that changes nothing (the view took a document from here) is nobody's doing. */
  edit(document: Topology): void {
    this.finishErrand();
    if (JSON.stringify(document) === JSON.stringify(this.run.engine.document)) return;
    this.change({ document });
    this.documentShown = this.run.engine.document;
    this.director.setHop(typicalHopUs(document));
  }

  step(): void {
    this.finishErrand();
    this.run.stepEvent();
    this.pacer.interrupt();
    this.logsHops = true;
    this.dirty = true;
  }

  stepCaption(direction: 1 | -1): void {
    this.finishErrand();
    if (direction === -1) return this.seek(this.lines.current.chronicle.captionBefore(this.run.nowUs)?.atUs ?? 0);
    const before = this.begunCaptions;
    const fromUs = this.run.nowUs;
    const untilUs = fromUs + captionSearchUs;
    this.pacer.interrupt();
    this.errand = {
      shown: true,
      goOn: (budget) => {
        while (this.begunCaptions === before && this.run.nowUs < untilUs) if (!this.run.playToKeptRow(untilUs, budget)) return false;
        if (this.begunCaptions === before) this.options.post({ type: "quiet", fromUs, toUs: untilUs });
        return this.run.play(this.run.nowUs, null);
      },
    };
  }

  seek(toUs: number): void {
    this.errand = null;
    this.goTo(Math.max(0, Math.floor(toUs)));
  }

  mark(): void {
    this.finishErrand();
    this.run.hold();
    const atUs = this.run.nowUs;
    const { recipe, chronicle } = this.lines.current;
    this.marked = { line: { recipe: upTo(recipe, atUs), chronicle: chronicle.upTo(atUs) }, atUs };
    this.dirty = true;
  }

  /** Where nothing was done since the mark, going back leaves nothing behind. */
  return(): void {
    if (this.marked === null) return;
    this.finishErrand();
    const { line, atUs } = this.marked;
    const { recipe } = this.lines.current;
    if (sameUntilUs(recipe, line.recipe) < atUs) this.lines.go({ ...line, chronicle: line.chronicle.upTo(atUs) }, this.run.nowUs, "return");
    else if (recipe.inputs.some((input) => input.atUs > atUs)) this.lines.fork(atUs, "return", this.run.nowUs);
    this.goTo(atUs);
  }

  branch(id: number): void {
    this.finishErrand();
    const found = this.lines.take(id, this.run.nowUs);
    if (found !== null) this.goTo(found.leftAtUs);
  }

  /** With the actions kept it is the same run from its beginning, unless seed or start are other ones. */
  reset({ keepActions, newSeed, cold }: Reset): void {
    this.finishErrand();
    const { recipe } = this.run;
    const begin = { seed: newSeed ?? recipe.seed, cold: cold ?? recipe.cold };
    const again = keepActions ? { ...recipe, ...begin } : { ...begin, document: this.run.engine.document, inputs: [] };
    if (sameUntilUs(recipe, again) !== Infinity) this.lines.restart(again, this.run.nowUs);
    this.goTo(0);
  }

  /** To just before the last thing that a person did to the run, which then has not happened. */
  rewind(): void {
    this.finishErrand();
    const { nowUs } = this.run;
    const last = this.lines.current.recipe.inputs.findLast((input) => "act" in input && input.atUs <= nowUs);
    if (last === undefined) return;
    this.lines.fork(last.atUs - 1, "rewind", nowUs);
    this.goTo(last.atUs - 1);
  }

  answer(ask: Ask): unknown {
    this.finishErrand();
    return answerTo(ask, {
      run: this.run,
      line: this.lines.current,
      make: this.options.make,
      digests: this.options.digest === true,
    });
  }

  /** The engine threw: the run stands still at its last whole state. */
  recover(): void {
    this.errand = null;
    this.run.rescue();
    this.jumped();
  }

  private change(what: { readonly act: Act } | { readonly document: Topology }): void {
    this.finishErrand();
    const { nowUs } = this.run;
    if (nowUs < this.lines.current.chronicle.reachedUs || this.run.hasFuture) this.leaveFuture(nowUs, "act");
    this.run.do(what);
    this.lines.grow(this.run.recipe);
    this.pacer.interrupt();
    this.dirty = true;
  }

  private leaveFuture(nowUs: number, leftBy: Branch["leftBy"]): void {
    this.lines.fork(nowUs, leftBy);
    this.run.recipe = this.lines.current.recipe;
  }

  /** To a time of the current line, from the nearest place that is known. */
  private goTo(toUs: number): void {
    this.run.jump(this.lines.current.recipe, toUs);
    this.jumped();
    this.errand = { shown: false, goOn: (budget) => this.run.play(toUs, budget) };
  }

  private jumped(): void {
    this.pacer.jump();
    this.told.clear();
    this.fresh = true;
    this.dirty = true;
  }

  private finishErrand(): void {
    if (this.errand === null) return;
    this.errand.goOn(null);
    this.arrive();
  }

  private arrive(): void {
    this.errand = null;
    this.pacer.interrupt();
    this.dirty = true;
  }

  private hear({ captions, fresh, moments }: Told): void {
    const { chronicle } = this.lines.current;
    for (const caption of captions) this.told.set(caption.row, caption);
    this.begunCaptions += fresh.length;
    // Played again, a burst grows again; the chronicle knows it whole.
    if (this.run === undefined || this.run.nowUs >= chronicle.reachedUs) chronicle.tell(captions);
    if (this.director.on) this.director.hear(moments);
  }

  private frame(wallMs: number): Frame {
    this.announce();
    const captions = this.fresh ? this.run.narrator.latest : [...this.told.values()];
    const wish = { wallMs, fresh: this.fresh, still: !this.playing, hops: this.logsHops };
    const frame = this.frames.make(this.run, this.time(), captions, wish);
    this.told.clear();
    this.fresh = false;
    this.dirty = false;
    this.logsHops = false;
    return frame;
  }

  /** Says what a frame takes for granted: the document and the lists it points into. */
  private announce(): void {
    const { engine } = this.run;
    if (engine.document !== this.documentShown) {
      this.documentShown = engine.document;
      this.director.setHop(typicalHopUs(engine.document));
      this.options.post({ type: "document", document: engine.document });
    }
    const index = this.frames.index(engine);
    if (index !== null) this.options.post(index);
  }

  private time(): TimeState {
    return {
      nowUs: this.run.nowUs,
      playing: this.playing,
      speedAsked: this.pacer.asked,
      speed: this.pacer.speed,
      director: this.director.on,
      pace: this.errand === null ? this.pacer.pace : "hurrying",
      reachedUs: this.lines.current.chronicle.reachedUs,
      markUs: this.marked?.atUs ?? null,
      branches: this.lines.branches,
      faultUs: this.run.narrator.fault?.atUs ?? null,
    };
  }
}
