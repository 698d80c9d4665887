import type { Topology } from "../../document/topology.ts";
import { captionText } from "../../view/words/captions.ts";
import type { Ask, Caption, Frame, FromSession, NodeStatus, ToSession } from "../protocol.ts";
import { Session, type SessionOptions } from "../session.ts";
import { make } from "./tell.ts";

const framesMax = 20_000;

/** A view without a screen: sends orders, lets frames pass, and keeps what it is shown. */
export class Player {
  readonly session: Session;
  readonly posted: FromSession[] = [];
  readonly frames: Frame[] = [];
  readonly statuses = new Map<string, NodeStatus>();
  captions: Caption[] = [];
  document: Topology;
  private lastAsk = 0;

  constructor(document: Topology, options: Partial<SessionOptions> & { playing?: boolean; director?: boolean; cold?: boolean } = {}) {
    const { playing = false, director = false, cold, ...rest } = options;
    this.document = document;
    this.session = new Session({ make, digest: true, ...rest, post: (message) => this.hear(message) });
    this.send({ type: "open", document, playing, director, ...(cold === undefined ? {} : { cold }) });
  }

  send(message: ToSession): this {
    this.session.receive(message);
    return this;
  }

  act(act: string, target: string): this {
    return this.send({ type: "act", act: { act, target } });
  }

  /** One frame after so much wall time. */
  frame(wallMs = 16): Frame | null {
    const frame = this.session.advance(wallMs);
    if (frame === null) return null;
    this.frames.push(frame);
    if (frame.fresh) {
      this.captions = [];
      this.statuses.clear();
    }
    for (const caption of frame.captions) this.captions = [...this.captions.filter(({ row }) => row !== caption.row), caption];
    for (const status of frame.statuses) this.statuses.set(status.id, status);
    return frame;
  }

  /** Frames until nothing is left to do while paused. */
  settle(): this {
    for (let frames = 0; frames < framesMax; frames++) if (this.frame() === null && this.frame() === null) return this;
    throw new Error("it never came to rest");
  }

  /** Plays until a simulated time has been reached, and pauses. */
  playTo(us: number, wallMs = 16): this {
    this.send({ type: "play" });
    for (let frames = 0; this.nowUs < us; frames++) {
      if (frames > framesMax) throw new Error(`it never got to ${us}`);
      this.frame(wallMs);
    }
    return this.send({ type: "pause" }).settle();
  }

  seek(toUs: number): this {
    return this.send({ type: "seek", toUs }).settle();
  }

  ask<Value>(ask: Ask): Value {
    const id = ++this.lastAsk;
    this.send({ type: "ask", id, ask });
    const answer = this.posted.findLast((message) => message.type === "answer" && message.id === id);
    return (answer as { value: Value }).value;
  }

  digest(): string {
    return this.ask<string>({ about: "digest" });
  }

  get time() {
    return this.frames.at(-1)!.time;
  }

  get nowUs(): number {
    return this.frames.at(-1)?.time.nowUs ?? 0;
  }

  /** What stands in the caption bar. */
  get sentence(): string | null {
    const caption = this.captions.at(-1);
    return caption === undefined ? null : captionText(caption, "en", (id) => id);
  }

  private hear(message: FromSession): void {
    this.posted.push(message);
    if (message.type === "document") this.document = message.document;
  }
}
