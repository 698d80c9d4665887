import type { FromPainter, ToPainter } from "./messages.ts";
import { Painter } from "./painter.ts";
import { Scene } from "./scene.ts";
import type { Context } from "./shapes.ts";
import { wallMs } from "./wall.ts";

const tellSamplingEveryMs = 500;

/** A canvas, a scene and a painter, spoken to in messages: the same in a worker and on the main thread. */
export class Studio {
  readonly #scene = new Scene();
  readonly #painter = new Painter(this.#scene);
  readonly #say: (message: FromPainter) => void;
  #canvas: OffscreenCanvas | HTMLCanvasElement | null = null;
  #context: Context | null = null;
  #awaited = false;
  #toldMs = 0;

  constructor(say: (message: FromPainter) => void) {
    this.#say = say;
  }

  use(canvas: OffscreenCanvas | HTMLCanvasElement): void {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d") as Context | null;
    this.#await();
  }

  hear(message: ToPainter): void {
    switch (message.type) {
      case "canvas":
        return this.use(message.canvas);
      case "pick":
        return this.#say({ type: "picked", id: message.id, hit: this.#painter.pick(message.x, message.y, message.radius) });
      case "camera":
        this.#painter.look(message.camera);
        break;
      case "palette":
        this.#dress(message);
        break;
      case "layers":
        this.#scene.show(message.layers);
        break;
      case "index":
        this.#scene.takeIndex(message.nodes, message.links);
        break;
      case "ground":
        this.#scene.takeGround(message.ground);
        break;
      case "beat":
        this.#scene.take(message.beat, message.hops, message.marks, message.dead);
        this.#tellSampling();
        break;
      case "hold":
        this.#painter.hold(message.hit);
        break;
    }
    this.#await();
  }

  #dress({ palette }: Extract<ToPainter, { type: "palette" }>): void {
    this.#painter.dress(palette);
    if (palette.still && !this.#scene.still) this.#scene.forget();
    this.#scene.still = palette.still;
  }

  #await(): void {
    if (this.#awaited || this.#context === null) return;
    this.#awaited = true;
    requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    this.#awaited = false;
    if (this.#canvas === null || this.#context === null) return;
    const { width, height, ratio } = this.#painter.camera;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#canvas.width !== wide || this.#canvas.height !== high) Object.assign(this.#canvas, { width: wide, height: high });
    this.#painter.paint(this.#context, wallMs());
    if (this.#painter.moves) this.#await();
  }

  #tellSampling(): void {
    const nowMs = wallMs();
    if (nowMs - this.#toldMs < tellSamplingEveryMs) return;
    this.#toldMs = nowMs;
    this.#say({ type: "sampling", sampling: this.#scene.takeSampling() });
  }
}
