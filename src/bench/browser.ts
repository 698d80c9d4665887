import type { Page } from "@playwright/test";
import { clock, dropDocument } from "../../e2e/gestures.ts";
import type { Topology } from "../document/topology.ts";
import { kinds } from "../kinds/registry.ts";
import { crowdedDocument, fleetDocument } from "./documents.ts";
import { atMost, type Figure } from "./figure.ts";
import { framesWhile, scriptMsPerSecond } from "./frames.ts";
import { median } from "./measure.ts";
import { onStage, withPage, type Stage } from "./stage.ts";

const rounds = 5;
const panMs = 3000;
const manyNodes = { balancers: 5, targetsEach: 54, hosts: 20, requestsPerSecond: 500 };

/** What a person waits for and sees: each on a stage of its own, so that one of them can be measured alone. */
export const openingFigures = (tell: Stage["tell"]): Promise<Figure[]> => onStage(tell, openings);
export const crowdFigures = (tell: Stage["tell"]): Promise<Figure[]> => onStage(tell, crowd);
export const largeFigures = (tell: Stage["tell"]): Promise<Figure[]> => onStage(tell, large);

async function openings(stage: Stage): Promise<Figure[]> {
  const fast = await series(rounds, () => interactiveMs(stage, 1));
  const throttled = await series(rounds, () => interactiveMs(stage, 4));
  return [
    atMost("Interactive, the failover example running", median(fast) / 1000, "s after navigation", 0.8),
    atMost("Interactive at 4× CPU throttle", median(throttled) / 1000, "s after navigation", 2),
  ];
}

/** From navigation until the clock of the run has moved, which takes the page, the worker and a first frame. */
async function interactiveMs(stage: Stage, slowdown: number): Promise<number> {
  return withPage(stage, async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.goto(stage.address, { waitUntil: "commit" });
    const handle = await page.waitForFunction(() => {
      const shown = document.querySelector('[data-testid="clock"]')?.textContent ?? null;
      const noted = window as unknown as { firstClock?: string };
      if (shown !== null) noted.firstClock ??= shown;
      return shown !== null && shown !== noted.firstClock ? performance.now() : false;
    });
    return (await handle.jsonValue()) as number;
  });
}

async function crowd(stage: Stage): Promise<Figure[]> {
  const inFlight = 5000;
  return withOpened(stage, crowdedDocument(kinds, inFlight * 1.1), async (page) => {
    await untilClock(page, 4);
    const { intervalMsP95, frames, framesPerSecond } = await framesWhile(page, 5000);
    const scriptMs = await scriptMsPerSecond(page, 5000);
    const drawn = await requestsInFlight(page);
    if (drawn < inFlight) throw new Error(`Only ${drawn} requests were in flight while frames were counted.`);
    stage.tell(`${drawn} requests in flight, ${frames} frames in five seconds`);
    return [
      atMost("5,000 requests in flight: main-thread script a frame", scriptMs / framesPerSecond, "ms", 0.5),
      atMost("5,000 requests in flight: p95 frame", intervalMsP95, "ms", 17),
    ];
  });
}

/** What the page's own run says, as `app/expose.ts` lends it to tests. */
function requestsInFlight(page: Page): Promise<number> {
  return page.evaluate(
    () => (window as unknown as { __breakwater: { counters(): { inFlight: number } } }).__breakwater.counters().inFlight,
  );
}

async function large(stage: Stage): Promise<Figure[]> {
  const document = fleetDocument(kinds, manyNodes);
  stage.tell(`large document: ${Object.keys(document.nodes).length} nodes, ${Object.keys(document.links).length} links`);
  const opened = await series(rounds, () => openMs(stage, document));
  return withOpened(stage, document, async (page) => {
    await untilClock(page, 3);
    const { intervalMsP95 } = await framesWhile(page, panMs, () => panAbout(page, panMs));
    return [
      atMost("300 nodes: from the drop of the file to the first paint", median(opened) / 1000, "s", 1.5),
      atMost("300 nodes: p95 frame while panning", intervalMsP95, "ms", 17),
    ];
  });
}

/** From dropping the file until its nodes have been painted: two frames after the first of them is there. */
function openMs(stage: Stage, topology: Topology): Promise<number> {
  return withPage(stage, async (page) => {
    await page.goto(stage.address);
    await untilClock(page, 0);
    const painted = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          addEventListener(
            "drop",
            () => {
              const began = performance.now();
              const look = (): void => {
                if (document.querySelector('[data-id="host-0"]') === null) requestAnimationFrame(look);
                else requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
              };
              look();
            },
            { capture: true, once: true },
          );
        }),
    );
    await dropDocument(page, topology);
    return painted;
  });
}

/** Two fingers on a trackpad, for as long as frames are counted: a turn for each frame, whether or not the last was seen. */
async function panAbout(page: Page, wallMs: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await page.mouse.move(720, 60);
  const turns: Promise<unknown>[] = [];
  for (let turn = 0; turn * 16 < wallMs; turn++) {
    const [deltaX, deltaY] = [turn % 20 < 10 ? 12 : -12, turn % 12 < 6 ? 9 : -9];
    turns.push(session.send("Input.dispatchMouseEvent", { type: "mouseWheel", x: 720, y: 60, deltaX, deltaY }));
    await new Promise((resolve) => setTimeout(resolve, 16));
  }
  await Promise.all(turns);
}

async function withOpened<T>(stage: Stage, document: Topology, use: (page: Page) => Promise<T>): Promise<T> {
  return withPage(stage, async (page) => {
    await page.goto(stage.address);
    await untilClock(page, 0);
    await dropDocument(page, document);
    return use(page);
  });
}

async function untilClock(page: Page, seconds: number): Promise<void> {
  await page.getByTestId("clock").waitFor();
  while ((await clock(page)) <= seconds) await page.evaluate(() => new Promise(requestAnimationFrame));
}

async function series<T>(count: number, act: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let round = 0; round < count; round++) results.push(await act());
  return results;
}
