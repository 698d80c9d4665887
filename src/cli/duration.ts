const unitUs: Readonly<Record<string, number>> = { us: 1, ms: 1000, s: 1_000_000, m: 60_000_000, h: 3_600_000_000 };

/** The longest run: about 285 years, the whole numbers that a time may be. */
const longestUs = Number.MAX_SAFE_INTEGER;

/** "1.5s" in whole microseconds; null where that is no duration, or none that a microsecond clock can tell. */
export function durationUs(text: string): number | null {
  if (text === "0") return 0;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(us|ms|s|m|h)$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined) return null;
  const us = Math.round(Number(amount) * (unitUs[unit] ?? 0));
  return us <= longestUs ? us : null;
}

/** Whole milliseconds under ten seconds, and seconds with three figures after the point from there on. */
export function durationText(ms: number): string {
  return ms < 10_000 ? `${round(ms)} ms` : `${(ms / 1000).toFixed(3)} s`;
}

function round(ms: number): string {
  return Number.isInteger(ms) ? String(ms) : ms.toFixed(ms < 100 ? 2 : 0);
}
