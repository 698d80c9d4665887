const settledMs = 250;

/** Marks the canvas while its window moves without zooming: its style then lets the drawing be moved as it was painted. */
export class Panning {
  readonly #host: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #movedMs = 0;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  moved(): void {
    this.#movedMs = performance.now();
    if (this.#timer !== null) return;
    this.#host.dataset["panning"] = "";
    this.#await(settledMs);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    delete this.#host.dataset["panning"];
  }

  #await(ms: number): void {
    this.#timer = setTimeout(() => {
      const restMs = this.#movedMs + settledMs - performance.now();
      if (restMs > 0) this.#await(restMs);
      else this.stop();
    }, ms);
  }
}
