import { unreachable } from "../base/assert.ts";
import { Budget } from "./budget.ts";
import type { MakeEngine } from "./engine-port.ts";
import { speedMax, speedMin } from "./pacer.ts";
import type { Frame, FromSession, ToSession } from "./protocol.ts";
import { Stage } from "./stage.ts";

export interface SessionOptions {
  readonly make: MakeEngine;
  /** Everything but frames: answers, the index, documents, trouble. */
  readonly post: (message: FromSession) => void;
  /** Measures what a frame costs, and nothing else. Without one, a frame may cost what it will. */
  readonly clockMs?: () => number;
  readonly budgetMs?: number;
  /** Hash the trace as it is played; else the digest is computed by replay when somebody asks. */
  readonly digest?: boolean;
}

/**
 * The engine's host. It owns the run, its past and its branches, and takes orders; time passes only in `advance`,
 * which is told how much of it there was on the wall.
 */
export class Session {
  private readonly options: SessionOptions;
  private readonly budget: Budget;
  private stage: Stage | null = null;
  private playing = false;
  private directed = true;
  private speed = 1;
  private visible = true;

  constructor(options: SessionOptions) {
    this.options = options;
    this.budget = new Budget(options.clockMs ?? (() => 0), options.budgetMs ?? 8);
  }

  receive(message: ToSession): void {
    try {
      this.obey(message);
    } catch (error) {
      this.despair(error);
      if (message.type === "ask") this.options.post({ type: "answer", id: message.id, value: null });
    }
  }

  /** Lets `wallMs` pass on the wall. Null when there is nothing new to show. */
  advance(wallMs: number): Frame | null {
    if (this.stage === null || !this.visible) return null;
    try {
      this.budget.begin();
      return this.stage.advance(wallMs);
    } catch (error) {
      this.despair(error);
      return this.stage.advance(0);
    }
  }

  private obey(message: ToSession): void {
    if (message.type === "visible") this.visible = message.visible;
    else if (message.type === "open") this.open(message);
    else if (this.stage !== null) this.direct(this.stage, message);
    else if (message.type === "ask") this.options.post({ type: "answer", id: message.id, value: null });
  }

  private open(message: Extract<ToSession, { type: "open" }>): void {
    const { document, playing, cold = document.start === "cold", director = true } = message;
    this.playing = playing;
    this.directed = director;
    this.stage = new Stage(this.options, this.budget, { document, seed: document.seed, cold, inputs: [] });
    this.tune();
  }

  private direct(stage: Stage, message: Exclude<ToSession, { type: "visible" | "open" }>): void {
    switch (message.type) {
      case "play":
      case "pause":
        this.playing = message.type === "play";
        return this.tune();
      case "speed":
        this.speed = Math.min(speedMax, Math.max(speedMin, message.speed));
        return this.tune();
      case "director":
        this.directed = message.on;
        return this.tune();
      case "step":
      case "step-caption":
        this.playing = false;
        this.tune();
        return message.type === "step" ? stage.step() : stage.stepCaption(message.direction);
      case "edit":
        return stage.edit(message.document);
      case "act":
        return stage.act(message.act);
      case "seek":
        return stage.seek(message.toUs);
      case "mark":
        return stage.mark();
      case "return":
        return stage.return();
      case "branch":
        return stage.branch(message.id);
      case "reset":
        return stage.reset(message);
      case "rewind-before-last-act":
        return stage.rewind();
      case "ask":
        return this.options.post({ type: "answer", id: message.id, value: stage.answer(message.ask) });
      default:
        return unreachable(message);
    }
  }

  private tune(): void {
    this.stage?.tune(this.speed, this.directed, this.playing);
  }

  /** The engine threw: the run stands still at its last whole state. */
  private despair(error: unknown): void {
    this.playing = false;
    this.tune();
    this.options.post({ type: "trouble", message: error instanceof Error ? error.message : String(error) });
    this.stage?.recover();
  }
}
