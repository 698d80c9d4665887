import { samples } from "../canvas/curve.ts";
import { currentIndex, paintThrough, runEvents } from "../state/run-store.ts";
import type { IndexMessage } from "../../runtime/protocol.ts";
import { later } from "../state/later.ts";
import { Topic } from "../state/topic.ts";
import { useUi } from "../state/ui-store.ts";
import { beatOf } from "./beat.ts";
import type { Camera, FromEngine, FromPainter, Ground, Hit, Palette, Sampling, ToPainter } from "./messages.ts";

type Post = (message: ToPainter, transfer?: Transferable[]) => void;

let post: Post = () => undefined;
let lastPick = 0;
const picks = new Map<number, (hit: Hit | null) => void>();
const samplings = new Topic<Sampling>();

/** The one canvas over the drawing on which messages travel. It is painted in a worker where the browser lets it. */
export const overlay = {
  /** Puts the overlay into `host` and feeds it from the run. Returns how to take it away. */
  attach(host: HTMLElement): () => void {
    const canvas = document.createElement("canvas");
    canvas.className = "overlay";
    canvas.setAttribute("aria-hidden", "true");
    host.append(canvas);
    const painter = startPainter(canvas);
    const stops = [...feed(), ...(painter.hearsEngine ? [] : forward())];
    return () => {
      stops.forEach((stop) => stop());
      painter.stop();
      post = () => undefined;
      canvas.remove();
    };
  },
  look: (camera: Camera): void => post({ type: "camera", camera }),
  dress: (palette: Palette): void => post({ type: "palette", palette }),
  stand: (ground: Ground): void => post({ type: "ground", ground }, [ground.points.buffer, ground.boxes.buffer]),
  /** The request drawn nearest to a point of the canvas element, in css pixels. */
  pick(x: number, y: number, radius: number): Promise<Hit | null> {
    const id = ++lastPick;
    return new Promise((resolve) => {
      picks.set(id, resolve);
      post({ type: "pick", id, x, y, radius });
    });
  },
  /** Freezes a request's dot where it is, with a ring, while its journey is read; null lets it go. */
  hold: (hit: Hit | null): void => post({ type: "hold", hit }),
  onSampling: samplings.subscribe,
};

export const pointsPerWay = (samples + 1) * 2;

interface StartedPainter {
  /** The engine's worker tells it itself what travels. */
  readonly hearsEngine: boolean;
  readonly stop: () => void;
}

function startPainter(canvas: HTMLCanvasElement): StartedPainter {
  if (typeof canvas.transferControlToOffscreen !== "function" || typeof Worker === "undefined") {
    return paintHere(canvas);
  }
  const worker = new Worker(new URL("./overlay-worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", (event: MessageEvent<FromPainter>) => hear(event.data));
  post = (message, transfer = []) => worker.postMessage(message, transfer);
  const offscreen = canvas.transferControlToOffscreen();
  post({ type: "canvas", canvas: offscreen }, [offscreen]);
  return { hearsEngine: joinEngine(worker), stop: () => worker.terminate() };
}

function joinEngine(worker: Worker): boolean {
  const { port1, port2 } = new MessageChannel();
  if (!paintThrough(port1)) return false;
  worker.postMessage({ type: "engine", port: port2 } satisfies FromEngine, [port2]);
  return true;
}

/** Older browsers paint on the page's own thread. */
function paintHere(canvas: HTMLCanvasElement): StartedPainter {
  const painter = later(async () => {
    const { Studio } = await import("./studio.ts");
    const studio = new Studio(hear);
    studio.use(canvas);
    return studio;
  });
  post = (message) => painter((studio) => studio.hear(message));
  return { hearsEngine: false, stop: () => undefined };
}

function hear(message: FromPainter): void {
  if (message.type === "sampling") return samplings.tell(message.sampling);
  picks.get(message.id)?.(message.hit);
  picks.delete(message.id);
}

function feed(): (() => void)[] {
  post({ type: "layers", layers: useUi.getState().layers });
  return [
    useUi.subscribe((now, before) => {
      if (now.layers !== before.layers) post({ type: "layers", layers: now.layers });
      if (now.journey === null && before.journey !== null) post({ type: "hold", hit: null });
    }),
  ];
}

/** Tells the painter what the run says, where the run cannot do it itself. Nobody else on this side reads a frame's arrays. */
function forward(): (() => void)[] {
  const tellIndex = ({ nodes, links }: IndexMessage) => post({ type: "index", nodes, links });
  tellIndex(currentIndex());
  return [runEvents.onIndex(tellIndex), runEvents.onFrame((frame) => post(beatOf(frame), [frame.hops.buffer, frame.marks.buffer]))];
}
