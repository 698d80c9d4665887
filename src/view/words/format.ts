/** How numbers and times are written, the same in both languages. Times come as microseconds of simulated time. */
const second = 1_000_000;

/** A point in time: always seconds, always to the millisecond ("24.318 s"). */
export const clockText = (us: number): string => `${(us / second).toFixed(3)} s`;

/** A length of time, to about three figures: "1.2 ms", "350 ms", "2.4 s", "3 min 20 s", "5 min". */
export function durationText(us: number): string {
  const ms = us / 1000;
  if (ms < 1) return `${Math.round(us)} µs`;
  if (ms < 10) return `${trim(ms.toFixed(2))} ms`;
  if (ms < 1000) return `${ms < 100 ? trim(ms.toFixed(1)) : Math.round(ms)} ms`;
  if (us < inMinutes) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** From here on seconds alone are hard to take in. */
const inMinutes = 120 * second;

/** Time since a fault, short enough for a caption: "2.4 s". */
export function sinceText(us: number): string {
  if (us >= inMinutes) return durationText(us);
  return us < 100_000 ? `${Math.round(us / 1000)} ms` : `${(us / second).toFixed(1)} s`;
}

/** Simulated time that passes in one second on screen: "250 ms". */
export const speedText = (speed: number): string => {
  const ms = speed * 1000;
  if (ms >= 1000) return `${figures(ms / 1000)} s`;
  return ms >= 1 ? `${figures(ms)} ms` : `${figures(ms * 1000)} µs`;
};

const figures = (value: number): string => String(Number(value.toPrecision(3)));

export const rateText = (perSecond: number): string => `${perSecond >= 100 ? Math.round(perSecond) : trim(perSecond.toFixed(1))}/s`;

/** 12345 → "12,345" with a thin space, which both languages read. */
export const countText = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/gu, "\u2009");

export const latencyText = (us: number | null): string => (us === null ? "–" : durationText(us));

function trim(figures: string): string {
  return figures.includes(".") && !figures.includes("e") ? figures.replace(/\.?0+$/u, "") : figures;
}
