import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { focusOn } from "./keys.ts";
import { countersOf, expect, dropDocument, test } from "./playground.ts";

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

/** The words differ; where the parts lie and what they are called does not depend on which pair is looked at. */
for (const [locale, colorScheme] of [
  ["en-GB", "dark"],
  ["zh-CN", "light"],
] as const) {
  test.describe(`${locale}, ${colorScheme}`, () => {
    test.use({ locale, colorScheme });

    test("axe finds nothing on the drawers and dialogs", async ({ playground: page }) => {
      for (const [key, drawer] of [
        ["j", "Event log"],
        ["o", "Counters"],
        ["q", "Schedule"],
      ] as const) {
        await page.keyboard.press(key);
        await page.locator(".drawer").waitFor();
        expect(await violations(page), `drawer ${drawer}`).toEqual([]);
      }
      await page.keyboard.press("q");
      for (const key of ["Control+k", "Shift+?", "Control+s", "Control+Shift+D"]) {
        await page.keyboard.press(key);
        await page.getByRole("dialog").waitFor();
        expect(await violations(page), `dialog ${key}`).toEqual([]);
        await page.keyboard.press("Escape");
      }
      await dropDocument(page, "{ oops", "broken.json");
      await page.getByRole("dialog").waitFor();
      expect(await violations(page), "refused file").toEqual([]);
      await page.keyboard.press("Escape");
    });

    test("axe finds nothing on menus, a link that has the focus, and a journey", async ({ playground: page }) => {
      await focusOn(page, "visitors");
      await page.keyboard.press("Shift+X");
      await page.getByRole("menu").waitFor();
      expect(await violations(page), "menu").toEqual([]);
      await page.keyboard.press("Escape");
      await page.keyboard.press("x");
      expect(await violations(page), "link").toEqual([]);
      await expect.poll(async () => (await countersOf(page)).issued).toBeGreaterThan(0);
      await page.keyboard.press("Shift+J");
      await page.locator(".journey-steps").waitFor();
      expect(await violations(page), "journey").toEqual([]);
    });
  });
}
