import type { Page } from "@playwright/test";
import { quantile } from "./measure.ts";

export interface Frames {
  readonly frames: number;
  readonly scriptMsPerFrame: number;
  readonly intervalMsP95: number;
}

/** Frames of the page for so many milliseconds of wall time, while something is done to it. */
export async function framesWhile(page: Page, wallMs: number, act: () => Promise<void> = async () => {}): Promise<Frames> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const scriptSeconds = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "ScriptDuration")?.value ?? NaN;
  };
  const before = await scriptSeconds();
  const [instants] = await Promise.all([instantsOfFrames(page, wallMs), act()]);
  const script = (await scriptSeconds()) - before;
  const intervals = instants.slice(1).map((instant, index) => instant - (instants[index] ?? instant));
  return { frames: intervals.length, scriptMsPerFrame: (script * 1000) / intervals.length, intervalMsP95: quantile(intervals, 0.95) };
}

function instantsOfFrames(page: Page, wallMs: number): Promise<number[]> {
  return page.evaluate(
    (duration) =>
      new Promise<number[]>((resolve) => {
        const instants: number[] = [];
        const frame = (instant: number): void => {
          instants.push(instant);
          if (instant - (instants[0] ?? instant) < duration) requestAnimationFrame(frame);
          else resolve(instants);
        };
        requestAnimationFrame(frame);
      }),
    wallMs,
  );
}
