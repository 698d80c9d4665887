import type { Page } from "@playwright/test";
import {
  act,
  captionTold,
  choose,
  clock,
  countersOf,
  expect,
  inspector,
  logTells,
  nodeAt,
  nowUsOf,
  openTab,
  selectionOf,
  setPlaying,
  setSpeed,
  test,
  timeOf,
} from "./playground.ts";

const view = async (page: Page, entry: string) => {
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: entry }).click();
};
const drawer = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const counter = (page: Page, name: string) => drawer(page, "Counters").locator(`[data-counter="${name}"]`);

test.describe("reading with the mouse", () => {
  test.beforeEach(async ({ playground: page }) => {
    await setSpeed(page, 10);
    await choose(page, "web-2");
    await act(page, "Kill");
    await logTells(page, ["target-down front web-2"]);
  });

  test("the caption bar tells one sentence for each thing that matters; a click shows of whom it speaks", async ({ playground: page }) => {
    await captionTold(page, "target-down");
    await setPlaying(page, false);
    const bar = page.locator(".caption-bar");
    await page.getByRole("button", { name: "Back to what happened before" }).click();
    await expect(bar.locator(".caption-when")).toContainText(/^fault \+ [\d.]+ m?s$/);
    await page.getByTestId("clock").click();
    for (;;) {
      await page.getByRole("button", { name: "Back to what happened before" }).click();
      await expect.poll(async () => (await timeOf(page)).playing).toBe(false);
      if ((await bar.locator(".caption-now").getAttribute("data-caption")) === "fault.kill") break;
    }
    await expect(bar.locator(".caption-now")).toHaveText("web-2 was killed.");
    await page.mouse.click(300, 200);
    await bar.locator(".caption-now").click();
    expect(await selectionOf(page)).toEqual(["web-2"]);
    await expect(nodeAt(page, "web-2")).toHaveAttribute("data-spoken", "true");
  });

  test("the log is filtered by kind, node and text; a click on a line shows its node", async ({ playground: page }) => {
    await logTells(page, ["expired registry web-2"]);
    await view(page, "Event log");
    const log = drawer(page, "Event log");
    const lines = log.getByRole("log").getByRole("button");
    await log.getByLabel("Filter by kind of event").selectOption({ label: "lives and health" });
    await log.getByLabel("Filter by node").selectOption({ label: "registry" });
    await expect(lines.filter({ hasText: "the lease of web-2 at registry expired" })).toBeVisible();
    await log.getByLabel("Filter by text").fill("missed");
    await expect(lines).toHaveCount(0);
    await log.getByLabel("Filter by node").selectOption({ label: "every node" });
    await expect(lines).toHaveCount(3);
    await lines.first().click();
    await expect.poll(() => selectionOf(page)).toEqual(["front"]);
    await log.getByRole("button", { name: "Close" }).click();
    await expect(log).toBeHidden();
  });

  test("counters of the whole and of each node, and their plots, live", async ({ playground: page }) => {
    await view(page, "Counters");
    for (const name of ["issued", "served"]) await expect(counter(page, name)).not.toHaveText("0");
    await expect(drawer(page, "Counters")).toContainText("p99");
    await expect(drawer(page, "Counters").locator("canvas").first()).toBeVisible();
    await setPlaying(page, false);
    const { issued, failed } = await countersOf(page);
    await expect.poll(async () => (await counter(page, "issued").innerText()).replace(/\s/g, "")).toBe(String(issued));
    await expect(counter(page, "failed")).toHaveText(String(failed));
    await choose(page, "web-1");
    await openTab(page, "Traffic");
    await expect(inspector(page).getByRole("tabpanel")).toContainText(/Served[1-9]\d*/);
    await expect(inspector(page).getByRole("tabpanel").locator("canvas").first()).toBeVisible();
  });

  test("中文 and back without losing the run: the same captions, log and counters in other words", async ({ playground: page }) => {
    await setPlaying(page, false);
    const [at, counters] = [await nowUsOf(page), await countersOf(page)];
    const name = await nodeAt(page, "web-2").getAttribute("aria-label");
    expect(name).toContain("Container web-2, dead");
    await page.getByRole("button", { name: "EN / 中文" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
    await expect(nodeAt(page, "web-2")).toHaveAttribute("aria-label", /^容器 web-2/);
    await expect(page.locator(".caption-bar")).toContainText(/[\u4e00-\u9fff]/);
    expect([await nowUsOf(page), await countersOf(page)]).toEqual([at, counters]);
    await page.getByRole("button", { name: "播放", exact: true }).click();
    await expect.poll(() => nowUsOf(page)).toBeGreaterThan(at);
    await page.getByRole("button", { name: "EN / 中文" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    expect(await clock(page)).toBeGreaterThanOrEqual(at / 1e6 - 0.001);
  });
});
