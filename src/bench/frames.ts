import type { CDPSession, Page } from "@playwright/test";
import { quantile } from "./measure.ts";

export interface Frames {
  readonly frames: number;
  readonly framesPerSecond: number;
  readonly intervalMsP95: number;
}

/** Frames of the page for so many milliseconds of wall time, while something is done to it. */
export async function framesWhile(page: Page, wallMs: number, act: () => Promise<void> = async () => {}): Promise<Frames> {
  const [instants] = await Promise.all([instantsOfFrames(page, wallMs), act()]);
  const intervals = instants.slice(1).map((instant, index) => instant - (instants[index] ?? instant));
  const lastedMs = (instants.at(-1) ?? 0) - (instants[0] ?? 0);
  return {
    frames: intervals.length,
    framesPerSecond: (intervals.length * 1000) / lastedMs,
    intervalMsP95: quantile(intervals, 0.95),
  };
}

/**
 * Script that the page's main thread runs in a second of wall time, in ms. Nothing else is measured meanwhile: asking
 * for each frame, as counting them takes, would itself be script.
 */
export async function scriptMsPerSecond(page: Page, wallMs: number): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const [before, since] = [await scriptSeconds(session), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, wallMs));
  const script = (await scriptSeconds(session)) - before;
  return (script * 1e6) / (performance.now() - since);
}

async function scriptSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "ScriptDuration")?.value ?? NaN;
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
