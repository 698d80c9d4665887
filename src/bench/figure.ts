/** One line of the bench: what was measured, and the floor that it must not fall through. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor: number;
  /** Whether more is better (then the floor is the least) or less is (then it is the most). */
  readonly better: "more" | "less";
  readonly meets: boolean;
}

export const atLeast = (name: string, value: number, unit: string, floor: number): Figure => ({
  ...{ name, value: rounded(value), unit, floor, better: "more" },
  meets: value >= floor,
});

export const atMost = (name: string, value: number, unit: string, floor: number): Figure => ({
  ...{ name, value: rounded(value), unit, floor, better: "less" },
  meets: value <= floor,
});

export function figureText({ name, value, unit, floor, better, meets }: Figure): string {
  return `${meets ? "✓" : "✕"} ${name}: ${value} ${unit} (floor: ${better === "more" ? "at least" : "at most"} ${floor})`;
}

/** Three significant figures: no more is ever repeatable. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
