/**
 * LOOK.md: below 0.75 a card is a 28 px chip, below 0.4 a 14 px glyph, and a frame counts what it holds. Where glyphs
 * would touch each other, a machine is one thing and its count says it all.
 */
export type Detail = "card" | "chip" | "glyph" | "far";

export const detailAt = (zoom: number): Detail => (zoom < 0.22 ? "far" : zoom < 0.4 ? "glyph" : zoom < 0.75 ? "chip" : "card");

/** How much larger things must be drawn so that they keep their size on screen; in steps, so that zooming restyles seldom. */
export function counterScale(zoom: number): number {
  if (zoom >= 0.75) return 1;
  const step = 1.06;
  return step ** Math.round(Math.log(1 / zoom) / Math.log(step));
}

/** How much larger the type of a whole card must be set so that it is never under 11 px on screen. */
export function typeScale(zoom: number): number {
  if (zoom < 0.75) return 1;
  return Math.max(1, Math.ceil((11 / 11.5 / zoom) * 25) / 25);
}

/** LOOK.md: in the presenter's mode names and states are at least this share of the window's height. */
const presentedShare = 0.026;
/** A card has no room for larger type than this. */
const typeMost = 1.44;

/** The scale of type for the back row. */
export function presenterScale(zoom: number, windowHeight: number): number {
  return Math.min(typeMost, Math.max(typeScale(zoom), (presentedShare * windowHeight) / (12 * zoom)));
}
