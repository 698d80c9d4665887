import { expect, type Page } from "@playwright/test";
import type { Breakwater } from "../src/app/expose.ts";
import type { Topology } from "../src/document/topology.ts";
import type { Ask, Caption, Counters, LogRow, NodeStatus, TimeState } from "../src/runtime/protocol.ts";

declare global {
  interface Window {
    readonly __breakwater: Breakwater;
  }
}

/** What the page knows, read from behind its drawing: tests act by hand and only look here. */
export const timeOf = (page: Page): Promise<TimeState> => page.evaluate(() => window.__breakwater.time());
export const nowUsOf = async (page: Page): Promise<number> => (await timeOf(page)).nowUs;
export const documentOf = (page: Page): Promise<Topology> => page.evaluate(() => window.__breakwater.document());
export const parentOf = async (page: Page, id: string) => (await documentOf(page)).nodes[id]?.parent;
export const selectionOf = (page: Page): Promise<readonly string[]> => page.evaluate(() => window.__breakwater.selection());
export const countersOf = (page: Page): Promise<Counters> => page.evaluate(() => window.__breakwater.counters());
export const logOf = (page: Page): Promise<readonly LogRow[]> => page.evaluate(() => window.__breakwater.log());
export const captionsOf = (page: Page): Promise<readonly Caption[]> =>
  page.evaluate(() => window.__breakwater.captions()) as Promise<readonly Caption[]>;
export const askOf = <Value>(page: Page, question: Ask): Promise<Value> =>
  page.evaluate((about) => window.__breakwater.ask(about), question) as Promise<Value>;

/** The hash of the trace until the time displayed. */
export const digestOf = (page: Page): Promise<string> => askOf<string>(page, { about: "digest" });

/** To an instant that no pixel of the timeline stands for: the view's own way, without the hand. */
export async function seekTo(page: Page, toUs: number): Promise<void> {
  await page.evaluate((us) => {
    window.__breakwater.send({ type: "pause" });
    window.__breakwater.send({ type: "seek", toUs: us });
  }, toUs);
  await expect.poll(() => nowUsOf(page)).toBe(toUs);
}

export async function statusOf(page: Page, id: string): Promise<NodeStatus> {
  const status = await page.evaluate((node) => window.__breakwater.status(node), id);
  if (status === null) throw new Error(`The run knows nothing of ${id}.`);
  return status;
}

/** Waits until a node of the run is in a state. */
export async function becomes(page: Page, id: string, state: string, timeout = 30_000): Promise<void> {
  await expect
    .poll(() => page.evaluate((node) => window.__breakwater.status(node)?.state ?? null, id), { timeout, message: `state of ${id}` })
    .toBe(state);
}

/** Waits until what one thing says of another ("front" of "web-2") is in a state. */
export async function partBecomes(page: Page, id: string, of: string, state: string | null, timeout = 30_000): Promise<void> {
  const read = async () => {
    const parts = (await statusOf(page, id)).parts.filter(({ node }) => node === of);
    return parts.at(-1)?.state ?? null;
  };
  await expect.poll(read, { timeout, message: `what ${id} says of ${of}` }).toBe(state);
}

/** Waits until the log holds these rows, in this order, others between them: "missed web-2 1/3". */
export async function logTells(page: Page, lines: readonly string[], timeout = 40_000): Promise<void> {
  const told = async () => {
    const rows = (await logOf(page)).map(lineOf);
    let next = 0;
    for (const row of rows) if (next < lines.length && row === lines[next]) next++;
    return lines.slice(0, next);
  };
  await expect.poll(told, { timeout, message: "what the log tells, in order" }).toEqual(lines);
}

/** What the log tells of an instance that is killed behind the failover example's balancer. */
export const storyOfDeath = (id: string): string[] => [
  `act kill ${id}`,
  `died ${id}`,
  `refused front ${id}`,
  ...[1, 2, 3].map((missed) => `missed front ${id} ${missed}/3`),
  `target-down front ${id}`,
  `expired registry ${id}`,
  `target-removed front ${id}`,
];

/** And of its return. */
export const storyOfReturn = (id: string): string[] => [
  `act recreate ${id}`,
  `starting ${id}`,
  `up ${id}`,
  `registered registry ${id}`,
  `target-added front ${id}`,
  `target-up front ${id}`,
  `first-request ${id} front`,
];

/** A row as a short line: what, who, whom, and of counts how many of how many. */
function lineOf({ what, who, whom, a, b, act }: LogRow): string {
  const counts = what === "missed" || what === "passed" ? `${a}/${b}` : null;
  return [what, act, who, whom, counts].filter((word) => word !== null).join(" ");
}

export async function captionTold(page: Page, key: string | RegExp, timeout = 30_000): Promise<Caption> {
  const find = async () =>
    (await captionsOf(page)).findLast((caption) => (key instanceof RegExp ? key.test(caption.key) : key === caption.key));
  await expect.poll(async () => (await find())?.key ?? null, { timeout, message: `a caption ${String(key)}` }).not.toBeNull();
  return (await find())!;
}

/** Every request that was issued has ended once, or is in flight. */
export async function nothingIsLost(page: Page): Promise<void> {
  const { issued, served, failed, timedOut, inFlight } = await countersOf(page);
  expect(served + failed + timedOut + inFlight, "requests accounted for").toBe(issued);
}
