import type { Page } from "@playwright/test";
import { focusOf, focusOn, goAt, goTo, goToPart, goToTab, pick, playing, press, pressUntil } from "./keys.ts";
import { captionTold, countersOf, expect, inspector, logTells, nodeAt, nowUsOf, selectionOf, test, timeOf } from "./playground.ts";

const drawer = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const counter = (page: Page, name: string) => drawer(page, "Counters").locator(`[data-counter="${name}"]`);

test.describe("reading with the keyboard", () => {
  test.beforeEach(async ({ playground: page }) => {
    await goAt(page, 10);
    await focusOn(page, "web-2");
    await press(page, "k");
    await logTells(page, ["target-down front web-2"]);
  });

  test("the caption bar tells one sentence for each thing that matters; Enter on it shows of whom it speaks", async ({
    playground: page,
  }) => {
    await captionTold(page, "target-down");
    await playing(page, false);
    const now = page.locator(".caption-bar .caption-now");
    for (let presses = 0; presses < 30; presses++) {
      if ((await now.getAttribute("data-caption")) === "fault.kill") break;
      const before = await nowUsOf(page);
      await press(page, "PageUp");
      await expect.poll(() => nowUsOf(page)).toBeLessThan(before);
      await expect(page.locator(".caption-bar .caption-when")).toContainText(/^fault \+ [\d.]+ m?s$/);
    }
    await expect(now).toHaveText("web-2 was killed.");
    await press(page, "Escape");
    await goToPart(page, ".footer");
    await pressUntil(page, "Tab", "web-2 was killed.");
    await press(page, "Enter");
    expect(await selectionOf(page)).toEqual(["web-2"]);
    await expect(nodeAt(page, "web-2")).toHaveAttribute("data-spoken", "true");
  });

  test("the log is filtered by kind, node and text; its lines are walked, and one shows its node", async ({ playground: page }) => {
    await logTells(page, ["expired registry web-2"]);
    await press(page, "j");
    await goToPart(page, ".drawer");
    const lines = drawer(page, "Event log").getByRole("log").getByRole("button");
    await pressUntil(page, "Tab", "Filter by kind of event");
    await pick(page, "lives and health");
    await press(page, "Tab");
    await pick(page, "registry");
    await expect(lines.filter({ hasText: "the lease of web-2 at registry expired" })).toBeVisible();
    await press(page, "Shift+Tab", "Shift+Tab");
    await page.keyboard.type("missed");
    await expect(lines).toHaveCount(0);
    await press(page, "Tab", "Tab", "Home");
    await expect(lines).toHaveCount(3);
    await press(page, "Tab", "ArrowUp");
    await expect(lines.last()).toBeFocused();
    await press(page, "ArrowUp", "Enter");
    await expect.poll(() => selectionOf(page)).toEqual(["front"]);
    await expect(lines.nth(1)).toBeFocused();
    await press(page, "j");
    await expect(drawer(page, "Event log")).toBeHidden();
    expect(await focusOf(page)).toContain("web-2");
  });

  test("counters of the whole and of each node, and their plots, live", async ({ playground: page }) => {
    await press(page, "o");
    for (const name of ["issued", "served"]) await expect(counter(page, name)).not.toHaveText("0");
    await expect(drawer(page, "Counters").locator("canvas").first()).toBeVisible();
    await playing(page, false);
    const { issued, failed } = await countersOf(page);
    await expect.poll(async () => (await counter(page, "issued").innerText()).replace(/\s/g, "")).toBe(String(issued));
    await expect(counter(page, "failed")).toHaveText(String(failed));
    await goTo(page, "web-1");
    await goToTab(page, "Traffic");
    await expect(inspector(page).getByRole("tabpanel")).toContainText(/Served[1-9]\d*/);
  });

  test("中文 and back without losing the run: Shift L", async ({ playground: page }) => {
    await playing(page, false);
    const [at, counters] = [await nowUsOf(page), await countersOf(page)];
    await press(page, "Shift+L");
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
    await expect(nodeAt(page, "web-2")).toHaveAttribute("aria-label", /^容器 web-2/);
    await expect(nodeAt(page, "web-2")).toBeFocused();
    await expect(page.locator(".caption-bar")).toContainText(/[\u4e00-\u9fff]/);
    expect([await nowUsOf(page), await countersOf(page)]).toEqual([at, counters]);
    await press(page, "Space");
    await expect.poll(() => nowUsOf(page)).toBeGreaterThan(at);
    await press(page, "Shift+L");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    expect((await timeOf(page)).playing).toBe(true);
  });
});
