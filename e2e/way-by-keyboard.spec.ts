import type { Page } from "@playwright/test";
import { focusOn, goToPart, press, pressUntil } from "./keys.ts";
import { expect, nodeAt, test } from "./playground.ts";

test.describe("the keyboard's way through the page", () => {
  /** What Tab reaches, in order, and whether it shows that it has the focus. */
  async function wayRound(page: Page): Promise<{ readonly name: string; readonly ring: boolean }[]> {
    const stops: { readonly name: string; readonly ring: boolean }[] = [];
    for (let presses = 0; presses < 80; presses++) {
      await press(page, "Tab");
      const stop = await page.evaluate(() => {
        const active = document.activeElement;
        if (active === null || active === document.body) return null;
        const rings = [getComputedStyle(active), getComputedStyle(active, "::after")];
        const ring = rings.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
        return { name: active.getAttribute("aria-label") ?? active.textContent ?? "", ring };
      });
      if (stop === null) break;
      stops.push(stop);
    }
    return stops;
  }

  test("Tab goes once round and out again, each stop in sight with a ring; what is far is a press of F6 away", async ({
    playground: page,
  }) => {
    const stops = await wayRound(page);
    expect(stops.length).toBeLessThan(40);
    expect(stops.filter(({ ring }) => !ring)).toEqual([]);
    expect(stops.filter(({ name }) => name.includes("React Flow"))).toEqual([]);
    expect(stops.filter(({ name }) => /Client visitors/.test(name))).toHaveLength(1);
    for (const part of [".header", ".palette", ".canvas", ".inspector", ".footer", ".header"]) {
      await press(page, "F6");
      await expect(page.locator(part).locator(":focus")).toHaveCount(1);
    }
    await press(page, "Shift+F6");
    await expect(page.locator(".footer :focus")).toHaveCount(1);
  });

  test("whatever opens gives the focus back when it closes", async ({ playground: page }) => {
    await focusOn(page, "front");
    for (const key of ["Control+k", "Shift+Slash", "Control+s", "Control+Shift+D"]) {
      await press(page, key);
      await expect(page.getByRole("dialog").locator(":focus"), key).toHaveCount(1);
      await press(page, "Escape");
      await expect(nodeAt(page, "front"), key).toBeFocused();
    }
    for (const key of ["Shift+F10", "Shift+X", "Shift+M"]) {
      await press(page, key);
      await expect(page.getByRole("menu").locator(":focus"), key).toHaveCount(1);
      await press(page, "Escape");
      await expect(nodeAt(page, "front"), key).toBeFocused();
    }
    await press(page, "j");
    await goToPart(page, ".drawer");
    await pressUntil(page, "Tab", "Close");
    await press(page, "Enter");
    await expect(nodeAt(page, "front")).toBeFocused();
  });
});
