import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { clock, expect, test } from "./playground.ts";

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

for (const [language, locale] of [
  ["English", "en-GB"],
  ["中文", "zh-CN"],
] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${language}, ${colorScheme}`, () => {
      test.use({ locale, colorScheme });

      test("axe finds nothing on the main screen, at rest and after a fault", async ({ playground }) => {
        await playground.locator('[data-node="web-2"]').waitFor();
        expect(await violations(playground)).toEqual([]);
        await playground.locator('[data-node="web-2"]').click();
        await playground.keyboard.press("k");
        await expect(playground.locator("[data-caption]").first()).toBeVisible();
        for (const tab of ["settings", "traffic", "log"]) {
          await playground.locator(`#tab-${tab}`).click();
          expect(await violations(playground), tab).toEqual([]);
        }
      });
    });
  }
}

/** The colours and the words differ; where the parts lie and what they are called does not depend on which pair is looked at. */
for (const [locale, colorScheme] of [
  ["en-GB", "dark"],
  ["zh-CN", "light"],
] as const) {
  test.describe(`${locale}, ${colorScheme}`, () => {
    test.use({ locale, colorScheme });

    test("axe finds nothing on the drawers and dialogs", async ({ playground }) => {
      await playground.locator('[data-node="web-2"]').waitFor();
      for (const key of ["j", "o", "q"]) {
        await playground.keyboard.press(key);
        await playground.locator(".drawer").waitFor();
        expect(await violations(playground), `drawer ${key}`).toEqual([]);
      }
      for (const key of ["Control+k", "Shift+?", "Control+s"]) {
        await playground.keyboard.press(key);
        await playground.getByRole("dialog").waitFor();
        expect(await violations(playground), `dialog ${key}`).toEqual([]);
        await playground.keyboard.press("Escape");
      }
    });
  });
}

test("language, theme and size change in mid-run: the run goes on, and nothing overlaps or is cut off", async ({ playground }) => {
  await playground.locator('[data-node="web-2"]').click();
  await playground.keyboard.press("k");
  const started = await clock(playground);
  for (const size of [
    { width: 1024, height: 768 },
    { width: 1280, height: 720 },
    { width: 1920, height: 1080 },
  ]) {
    for (const key of ["Shift+L", "Shift+T", "Shift+L"]) {
      await playground.keyboard.press(key);
      await playground.setViewportSize(size);
      await expect.poll(() => overlaps(playground), { message: `${size.width} ${key}` }).toEqual([]);
    }
  }
  expect(await clock(playground)).toBeGreaterThan(started);
});

/** Controls of the header and the footer that lie over each other or outside the window. */
function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = [...document.querySelectorAll(".header > *, .time-row > *")].filter((each) => each.clientWidth > 0);
    const boxes = controls.map((each) => ({ name: each.textContent || each.className, box: each.getBoundingClientRect() }));
    const outside = boxes.filter(({ box }) => box.left < 0 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5);
    const clashes = boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter(
          ({ box }) => a.box.left < box.right - 0.5 && box.left < a.box.right - 0.5 && a.box.top < box.bottom && box.top < a.box.bottom,
        )
        .map((b) => `${a.name} lies over ${b.name}`),
    );
    return [...clashes, ...outside.map(({ name }) => `${name} is cut off`)];
  });
}
