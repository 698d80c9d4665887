import { samples } from "../canvas/curve.ts";
import { currentIndex, runEvents } from "../state/run-store.ts";
import type { Frame } from "../../runtime/protocol.ts";
import { later } from "../state/later.ts";
import { Topic } from "../state/topic.ts";
import { useUi } from "../state/ui-store.ts";
import type { Camera, FromPainter, Ground, Hit, Palette, Sampling, ToPainter } from "./messages.ts";
import { wallMs } from "./wall.ts";

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
    const stopPainter = startPainter(canvas);
    const stops = feed();
    return () => {
      stops.forEach((stop) => stop());
      stopPainter();
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

function startPainter(canvas: HTMLCanvasElement): () => void {
  if (typeof canvas.transferControlToOffscreen !== "function" || typeof Worker === "undefined") {
    return paintHere(canvas);
  }
  const worker = new Worker(new URL("./overlay-worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", (event: MessageEvent<FromPainter>) => hear(event.data));
  post = (message, transfer = []) => worker.postMessage(message, transfer);
  const offscreen = canvas.transferControlToOffscreen();
  post({ type: "canvas", canvas: offscreen }, [offscreen]);
  return () => worker.terminate();
}

/** Older browsers paint on the page's own thread. */
function paintHere(canvas: HTMLCanvasElement): () => void {
  const painter = later(async () => {
    const { Studio } = await import("./studio.ts");
    const studio = new Studio(hear);
    studio.use(canvas);
    return studio;
  });
  post = (message) => painter((studio) => studio.hear(message));
  return () => undefined;
}

function hear(message: FromPainter): void {
  if (message.type === "sampling") return samplings.tell(message.sampling);
  picks.get(message.id)?.(message.hit);
  picks.delete(message.id);
}

function feed(): (() => void)[] {
  const { nodes, links } = currentIndex();
  post({ type: "index", nodes, links });
  post({ type: "layers", layers: useUi.getState().layers });
  return [
    runEvents.onIndex((index) => post({ type: "index", nodes: index.nodes, links: index.links })),
    runEvents.onFrame(postBeat),
    useUi.subscribe((now, before) => {
      if (now.layers !== before.layers) post({ type: "layers", layers: now.layers });
      if (now.journey === null && before.journey !== null) post({ type: "hold", hit: null });
    }),
  ];
}

/** The frame's arrays go over to the painter: nobody else on this side reads them. */
function postBeat({ time, hops, marks, statuses, fresh }: Frame): void {
  const { nowUs, speed, playing, faultUs } = time;
  const dead = statuses.filter(({ tone }) => tone === "dead").map(({ id }) => id);
  const beat = { nowUs, speed, playing, faultUs, fresh, wallMs: wallMs() };
  post({ type: "beat", beat, hops, marks, dead }, [hops.buffer, marks.buffer]);
}
