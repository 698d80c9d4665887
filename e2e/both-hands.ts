import { expect, type BrowserContext, type Page } from "@playwright/test";
import { isUp, type Complaints } from "./playground.ts";
import { becomes, countersOf, documentOf, logTells, nowUsOf } from "./run.ts";

/** What must come of a gesture, whichever hand makes it: the mouse, or the keyboard. */
type Gesture = () => Promise<void>;

/** The caller of `twoHosts` stops sending, and time goes on; told to, it sends again. */
export async function pausingStopsTheSending(page: Page, pause: Gesture, resume: Gesture): Promise<void> {
  await pause();
  await becomes(page, "caller", "paused");
  await expect.poll(async () => (await countersOf(page)).inFlight).toBe(0);
  const { issued } = await countersOf(page);
  const before = await nowUsOf(page);
  await expect.poll(() => nowUsOf(page)).toBeGreaterThan(before + 500_000);
  expect((await countersOf(page)).issued).toBe(issued);
  await resume();
  await expect.poll(async () => (await countersOf(page)).issued).toBeGreaterThan(issued);
}

/** web-2 of the failover example takes connections and answers nothing, until it is back to normal. */
export async function hangsUntilItIsBack(page: Page, hang: Gesture, back: Gesture): Promise<void> {
  await hang();
  await becomes(page, "web-2", "hung");
  await logTells(page, ["hung web-2", "missed front web-2 3/3", "target-down front web-2"]);
  await back();
  await logTells(page, ["target-down front web-2", "resumed web-2", "target-up front web-2"]);
}

/** The tab is closed as a person closes it; opened again, the names of web-2 and web-3 are these. */
export async function reopensWith(page: Page, context: BrowserContext, complaints: Complaints, names: readonly string[]): Promise<void> {
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => page.isClosed()).toBe(true);
  const again = await context.newPage();
  await complaints.listen(again);
  await again.goto("./");
  await isUp(again);
  const { nodes } = await documentOf(again);
  expect([nodes["web-2"]?.name, nodes["web-3"]?.name]).toEqual(names);
}
