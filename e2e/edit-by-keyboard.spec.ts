import type { Page } from "@playwright/test";
import { command, focusLeftBy, focusOn, goTo, goToPart, goToTab, lookFor, press, pressUntil, typeInto } from "./keys.ts";
import { documentOf, expect, field, inspector, nodeAt, nothingOverlaps, selectionOf, statusOf, test, twoHosts } from "./playground.ts";

const idsOf = async (page: Page) => Object.keys((await documentOf(page)).nodes);

test.describe("editing with the keyboard", () => {
  test("a setting is gone to by its name; a bad value is refused in words; one key takes it back", async ({ playground: page }) => {
    await focusOn(page, "front");
    await command(page, "inter", "inter");
    await expect(field(page, "inter")).toBeFocused();
    const interval = async () => (await documentOf(page)).nodes["front"]?.settings["intervalMs"];
    await press(page, "Control+a", "5", "Enter");
    await expect(inspector(page).getByRole("alert")).toContainText("From 10 ms to");
    expect(await interval()).toBe(1000);
    await press(page, "Control+a", "5", "0", "0", "Enter");
    await expect.poll(interval).toBe(500);
    await pressUntil(page, "Tab", /^Back to the default/);
    await press(page, "Enter");
    await expect.poll(interval).toBeUndefined();
  });

  test("a slider moves by its arrows, which then don't tell the story", async ({ playground: page }) => {
    await press(page, "Space");
    await goTo(page, "visitors");
    await goToTab(page, "Settings");
    await pressUntil(page, "Tab", /^Rate.+/, 80);
    const rate = async () => (await documentOf(page)).nodes["visitors"]?.settings["ratePerSecond"];
    const before = await rate();
    await press(page, "ArrowRight");
    await expect.poll(rate).not.toBe(before);
  });

  test("a name is typed over with F2 and the focus goes back; undo and redo go step by step, and the run goes on", async ({
    playground: page,
  }) => {
    await focusOn(page, "web-2");
    await press(page, "F2");
    await expect(inspector(page).getByLabel("Name")).toBeFocused();
    await page.keyboard.type("web-two");
    await press(page, "Enter");
    await expect(nodeAt(page, "web-2")).toBeFocused();
    await expect(nodeAt(page, "web-2")).toContainText("web-two");
    await lookFor(page, "concurrency", "Concurrency");
    expect(await focusLeftBy(page, "Enter"), "keys typed at once are the field's").toBe("setting-concurrency");
    await press(page, "Control+a", "4", "Enter");
    await goToPart(page, ".canvas");
    const before = await page.evaluate(() => window.__breakwater.time().nowUs);
    const set = async () => (await documentOf(page)).nodes["web-2"];
    expect(await set()).toMatchObject({ name: "web-two", settings: { concurrency: 4 } });
    await press(page, "Control+z");
    expect((await set())?.settings["concurrency"]).toBeUndefined();
    await press(page, "Control+z");
    await expect(nodeAt(page, "web-2")).toContainText("web-2");
    await press(page, "Control+Shift+Z", "Control+y");
    expect(await set()).toMatchObject({ name: "web-two", settings: { concurrency: 4 } });
    await expect.poll(() => page.evaluate(() => window.__breakwater.time().nowUs)).toBeGreaterThan(before);
  });

  test("a name in 中文: keys that compose a word end the word, not the naming", async ({ playground: page, context }) => {
    await focusOn(page, "web-2");
    await press(page, "F2");
    const name = inspector(page).getByLabel("Name");
    await expect(name).toBeFocused();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Input.imeSetComposition", { text: "wang", selectionStart: 4, selectionEnd: 4 });
    await press(page, "Enter");
    await expect(name).toBeFocused();
    expect((await documentOf(page)).nodes["web-2"]?.name).toBe("web-2");
    await devtools.send("Input.insertText", { text: "网关" });
    await press(page, "Enter");
    await expect.poll(async () => (await documentOf(page)).nodes["web-2"]?.name).toContain("网关");
    await expect(nodeAt(page, "web-2")).toBeFocused();
  });

  test("copied and pasted: a second one beside the first, with the focus; duplicated three times in one step", async ({
    open,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await open(twoHosts);
    await focusOn(page, "app");
    await press(page, "Control+c", "Control+v");
    await expect.poll(async () => (await idsOf(page)).length).toBe(5);
    await nothingOverlaps(page);
    const [pasted] = await selectionOf(page);
    await expect(nodeAt(page, pasted!)).toBeFocused();
    await focusOn(page, "app");
    await press(page, "Control+Shift+D");
    await expect(page.getByLabel("Times")).toBeFocused();
    await press(page, "Control+a", "3", "Enter");
    await expect.poll(async () => (await idsOf(page)).length).toBe(8);
    await nothingOverlaps(page);
    const copies = await selectionOf(page);
    expect(copies).toHaveLength(3);
    for (const id of copies) await expect.poll(async () => (await statusOf(page, id)).state).toBe("running");
    await press(page, "Control+z");
    await expect.poll(async () => (await idsOf(page)).length).toBe(5);
  });

  test("several are chosen, set at once and deleted; a neighbour has the focus then; undo brings them back", async ({
    playground: page,
  }) => {
    await focusOn(page, "web-1");
    await press(page, "ArrowDown", "Shift+Enter");
    expect(await selectionOf(page)).toEqual(["web-1", "web-2"]);
    await expect(inspector(page).getByRole("heading", { name: "2 selected" })).toBeVisible();
    await typeInto(page, "Concurrency", "2");
    const set = async () => Object.values((await documentOf(page)).nodes).flatMap(({ settings }) => settings["concurrency"] ?? []);
    expect(await set()).toEqual([2, 2]);
    await goToPart(page, ".canvas");
    await press(page, "Control+z");
    expect(await set()).toEqual([]);
    const before = await documentOf(page);
    await press(page, "Delete");
    await expect.poll(async () => (await idsOf(page)).length).toBe(Object.keys(before.nodes).length - 2);
    await expect(page.locator("[data-node]:focus"), "a neighbour has the focus").toHaveCount(1);
    await press(page, "Control+z");
    expect(await documentOf(page)).toEqual(before);
    await press(page, "Control+a");
    expect((await selectionOf(page)).length).toBe(Object.keys(before.nodes).length);
    await press(page, "Escape");
    expect(await selectionOf(page)).toEqual([]);
  });
});
