/** LOOK.md: below 0.75 a card is a 28 px chip, below 0.4 a 14 px glyph, and a frame counts what it holds. */
export type Detail = "card" | "chip" | "glyph";

export const detailAt = (zoom: number): Detail => (zoom < 0.4 ? "glyph" : zoom < 0.75 ? "chip" : "card");

/** How much larger things must be drawn so that they keep their size on screen; in steps, so that zooming restyles seldom. */
export function counterScale(zoom: number): number {
  if (zoom >= 0.75) return 1;
  const step = 1.06;
  return step ** Math.round(Math.log(1 / zoom) / Math.log(step));
}

/** A line's width on the canvas, so that it is never thinner than this many pixels on screen. */
export const atLeast = (width: number, onScreen: number, zoom: number): number => Math.max(width, onScreen / zoom);
