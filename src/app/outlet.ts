import { Gathering } from "../runtime/gathering.ts";
import type { Frame, FromSession, IndexMessage } from "../runtime/protocol.ts";
import { beatOf } from "../view/overlay/beat.ts";
import type { ToPainter } from "../view/overlay/messages.ts";

type Tell = (message: FromSession, transfer: Transferable[]) => void;

/**
 * Where the session's words go out of its worker. What travels on the canvas goes to the painter, each frame and past
 * the page's own thread; the page is told the rest, less often. Without a painter of its own the page gets it all.
 */
export class Outlet {
  readonly #tell: Tell;
  readonly #gathering: Gathering;
  #painter: Pick<MessagePort, "postMessage"> | null = null;
  #index: IndexMessage | null = null;

  constructor(tell: Tell) {
    this.#tell = tell;
    this.#gathering = new Gathering((message) => tell(message, []));
  }

  paintThrough(painter: Pick<MessagePort, "postMessage">): void {
    this.#painter = painter;
    if (this.#index !== null) this.#paint(indexOf(this.#index));
  }

  hear(message: FromSession): void {
    if (message.type === "index") this.#index = message;
    if (this.#painter === null) return this.#tell(message, message.type === "frame" ? buffersOf(message) : []);
    if (message.type === "index") this.#paint(indexOf(message));
    this.#gathering.hear(message.type === "frame" ? this.#withoutHops(message) : message, performance.now());
  }

  #withoutHops(frame: Frame): Frame {
    this.#paint(beatOf(frame), buffersOf(frame));
    return { ...frame, hops: none, marks: none };
  }

  #paint(message: ToPainter, transfer: Transferable[] = []): void {
    this.#painter!.postMessage(message, transfer);
  }
}

const none = new Float64Array(0);
/** A frame's arrays are handed over; nobody on this side reads them again. */
const buffersOf = ({ hops, marks }: Frame): Transferable[] => [hops.buffer, marks.buffer];
const indexOf = ({ nodes, links }: IndexMessage): ToPainter => ({ type: "index", nodes, links });
