/** As in `canvas.css`: how far the grid reaches beyond the window on each side. */
const beyond = 96;

/** The quiet grid under the drawing. It follows the window by moving, so that panning paints nothing; far out it thins. */
export class Grid {
  readonly #element = document.createElement("div");
  #mesh = NaN;

  constructor(host: HTMLElement) {
    this.#element.className = "grid";
    this.#element.setAttribute("aria-hidden", "true");
    host.prepend(this.#element);
  }

  follow(x: number, y: number, zoom: number): void {
    const mesh = meshAt(zoom);
    const { style } = this.#element;
    if (mesh !== this.#mesh) style.backgroundSize = `${mesh}px ${mesh}px`;
    this.#mesh = mesh;
    style.transform = `translate(${into(mesh, x)}px, ${into(mesh, y)}px)`;
  }

  remove(): void {
    this.#element.remove();
  }
}

const meshAt = (zoom: number): number => 24 * zoom * (zoom < 0.2 ? 8 : zoom < 0.4 ? 4 : zoom < 0.75 ? 2 : 1);

/** Into the first mesh, and onto whole pixels of the screen, so that its lines stay sharp. */
function into(mesh: number, at: number): number {
  const rest = (((at + beyond) % mesh) + mesh) % mesh;
  return Math.round(rest * devicePixelRatio) / devicePixelRatio;
}
