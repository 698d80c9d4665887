import type { Page } from "@playwright/test";
import { faultsOf } from "./layout.ts";
import { becomes, countersOf, example, expect, isUp, nodeAt, nothingIsLost, nowUsOf, statusOf, test } from "./playground.ts";

const sizes = [
  { width: 1024, height: 768 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
] as const;
const examples = ["failover", "two-zones", "sock-shop"] as const;

// A hundred measurements of a running page: on a machine that does much else they take their time.
test.slow();

const looksRight = (page: Page, when: string) => expect.poll(() => faultsOf(page), { message: when, timeout: 20_000 }).toEqual([]);

for (const theme of ["light", "dark"] as const) {
  for (const language of ["en", "zh"] as const) {
    test(`${theme}, ${language}: nothing overlaps, scrolls or is cut off at any size`, async ({ page }) => {
      await page.addInitScript(
        (chosen) => {
          localStorage.setItem("breakwater.theme", chosen.theme);
          localStorage.setItem("breakwater.language", chosen.language);
        },
        { theme, language },
      );
      await page.setViewportSize(sizes[0]);
      await page.goto("./");
      for (const id of examples) {
        await page.evaluate((hash) => (location.hash = hash), `example=${id}`);
        await isUp(page, example(id).title.en);
        await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
        for (const size of sizes) {
          await page.setViewportSize(size);
          await looksRight(page, `${id} at ${size.width}×${size.height}`);
        }
      }
    });
  }
}

test("every kind can be seen in the palette of a window of 1280×720 without scrolling, in both languages", async ({ playground }) => {
  await playground.setViewportSize({ width: 1280, height: 720 });
  const hidden = () => playground.locator(".palette").evaluate((palette) => palette.scrollHeight - palette.clientHeight);
  for (const language of ["en", "zh"]) {
    await expect.poll(hidden, { message: language }).toBe(0);
    await playground.keyboard.press("Shift+L");
  }
});

test("presenting: the drawing, the caption and the clock, at any size and in both languages", async ({ playground }) => {
  await playground.keyboard.press("f");
  await expect(playground.locator(".palette")).toBeHidden();
  for (const size of sizes) {
    await playground.setViewportSize(size);
    await playground.keyboard.press("Shift+L");
    await looksRight(playground, `${size.width}×${size.height}`);
  }
});

test("language, theme and window change in the midst of a failure: nothing overlaps, and the run goes on", async ({ playground }) => {
  await nodeAt(playground, "web-2").click();
  await playground.keyboard.press("k");
  await becomes(playground, "web-2", "dead");
  let [nowUs, issued] = [await nowUsOf(playground), (await countersOf(playground)).issued];
  for (const [key, size] of [
    ["Shift+L", sizes[1]],
    ["Shift+T", sizes[0]],
    ["Shift+L", sizes[2]],
    ["Shift+T", sizes[0]],
  ] as const) {
    await playground.keyboard.press(key);
    await playground.setViewportSize(size);
    await looksRight(playground, `${key} at ${size.width}×${size.height}`);
    await expect.poll(() => nowUsOf(playground), { message: "time passes" }).toBeGreaterThan(nowUs);
    nowUs = await nowUsOf(playground);
  }
  // The balancer has found out: the target is down, or by now forgotten.
  const isTarget = async () => (await statusOf(playground, "front")).parts.some(({ node, state }) => node === "web-2" && state === "up");
  await expect.poll(isTarget, { message: "web-2 is still a target", timeout: 30_000 }).toBe(false);
  await expect.poll(async () => (await countersOf(playground)).issued, { message: "requests are sent" }).toBeGreaterThan(issued);
  issued = (await countersOf(playground)).issued;
  await nothingIsLost(playground);
  await looksRight(playground, "once it is found out");
});
