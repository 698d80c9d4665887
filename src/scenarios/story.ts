/** A line of the trace, read. */
export interface TraceLine {
  /** Microseconds. */
  readonly t: number;
  readonly what: string;
  readonly act?: string;
  readonly who?: string;
  readonly whom?: string;
  readonly request?: string;
  readonly a?: number;
  readonly b?: number;
  readonly cause?: string;
}

/**
 * The story of a trace as a person reads it: a line for each row about a life, and what was lost in each second.
 * `classOf` says of a row whether it is about a life, a loss or an ordinary hop.
 */
export function storyOf(lines: readonly TraceLine[], classOf: (what: string) => string): string {
  const told: string[] = [];
  let losses = new Map<string, number>();
  let second = -1;
  const tellLosses = () => {
    if (losses.size > 0)
      told.push(`${String(second).padStart(6)}… s  lost: ${[...losses].map(([what, times]) => `${what} ×${times}`).join(", ")}`);
    losses = new Map();
  };
  for (const line of lines) {
    const inSecond = Math.floor(line.t / 1e6);
    if (inSecond !== second) {
      tellLosses();
      second = inSecond;
    }
    const rowClass = classOf(line.what);
    if (rowClass === "loss") losses.set(line.what, (losses.get(line.what) ?? 0) + 1);
    if (rowClass === "life") told.push(sentence(line));
  }
  tellLosses();
  return told.join("\n");
}

function sentence({ t, what, act, who, whom, a, b, cause }: TraceLine): string {
  const count = a === undefined ? null : b === undefined ? `${a}` : `${a}/${b}`;
  const words = [who, act ?? what, whom, count].filter((word) => word !== undefined && word !== null).join(" ");
  return `${seconds(t)} s  ${words}${cause === undefined ? "" : `  ← ${told(cause)}`}`;
}

/** "10000000 died web-2#1" as "10.000 died web-2#1". */
function told(cause: string): string {
  const space = cause.indexOf(" ");
  return `${seconds(Number(cause.slice(0, space))).trim()}${cause.slice(space)}`;
}

/** Whole milliseconds, cut and not rounded. */
function seconds(us: number): string {
  const milliseconds = String(Math.floor(us / 1000) % 1000).padStart(3, "0");
  return `${String(Math.floor(us / 1e6)).padStart(4)}.${milliseconds}`;
}
