import { captionTold, choose, documentOf, expect, nowUsOf, selectionOf, setPlaying, test } from "./playground.ts";

test.describe("keys after a click", () => {
  test("what was clicked and killed leaves the arrows to the story: each press goes on, and back", async ({ playground: page }) => {
    await choose(page, "web-2");
    await page.keyboard.press("k");
    await captionTold(page, "fault.kill");
    await setPlaying(page, false);
    for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft"]) {
      const before = await nowUsOf(page);
      await page.keyboard.press(key);
      await expect.poll(async () => Math.sign((await nowUsOf(page)) - before)).toBe(key === "ArrowRight" ? 1 : -1);
    }
    expect(await selectionOf(page)).toEqual(["web-2"]);
  });

  test("reached by Tab, a node's arrows walk to its neighbours", async ({ playground: page }) => {
    await setPlaying(page, false);
    const before = await nowUsOf(page);
    await page.locator('[data-node][tabindex="0"]').focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Shift+Tab");
    const start = await page.evaluate(() => document.activeElement?.getAttribute("data-node"));
    await page.keyboard.press("ArrowRight");
    const there = () => page.evaluate(() => document.activeElement?.getAttribute("data-node"));
    await expect.poll(there).not.toBe(start);
    expect(Object.keys((await documentOf(page)).nodes)).toContain(await there());
    expect(await nowUsOf(page)).toBe(before);
  });
});
