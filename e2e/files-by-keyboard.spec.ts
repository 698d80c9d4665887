import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { reopensWith } from "./both-hands.ts";
import { command, focusOf, focusOn, goTo, press, pressUntil } from "./keys.ts";
import { documentOf, example, expect, inspector, isUp, nodeAt, test } from "./playground.ts";

/** Ctrl O, and the file in the browser's own dialog. */
async function open(page: Page, text: string, name: string): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await press(page, "Control+o");
  await (await chooser).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
}

/** Ctrl S and Enter. */
async function save(page: Page): Promise<string> {
  await press(page, "Control+s");
  await expect(page.getByRole("button", { name: /^Save as/ })).toBeFocused();
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Enter")]);
  await press(page, "Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  return readFileSync(await download.path(), "utf8");
}

async function rename(page: Page, id: string, name: string): Promise<void> {
  await goTo(page, id);
  await press(page, "F2");
  await expect(inspector(page).getByLabel("Name")).toBeFocused();
  await page.keyboard.type(name);
}

test.describe("files with the keyboard", () => {
  test("exported to a file and imported from it: the same diagram, byte for byte", async ({ playground: page }) => {
    await rename(page, "web-2", "web-two");
    await press(page, "Enter");
    const edited = await documentOf(page);
    expect(edited.nodes["web-2"]?.name).toBe("web-two");
    const text = await save(page);
    await command(page, "voting", "Docker's voting app");
    await isUp(page, "Docker's voting app");
    await open(page, text, "saved.json");
    await isUp(page, edited.title.en);
    expect(await documentOf(page)).toEqual(edited);
    expect(await save(page)).toBe(text);
  });

  test("copied as text and pasted: the same diagram", async ({ playground: page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const before = await documentOf(page);
    await press(page, "Control+s");
    await expect(page.getByRole("button", { name: /^Save as/ })).toBeFocused();
    await pressUntil(page, "Tab", "Copy to the clipboard");
    await press(page, "Enter");
    await expect(page.getByRole("dialog").getByRole("status")).toHaveText("Copied.");
    await press(page, "Escape");
    await command(page, "a fixed address", "A fixed address goes stale");
    await isUp(page, "A fixed address goes stale");
    await press(page, "Control+v");
    await isUp(page, before.title.en);
    expect(await documentOf(page)).toEqual(before);
  });

  test("a bad file is refused with its place and its reason; what is open plays on, and the focus is where it was", async ({
    playground: page,
  }) => {
    await focusOn(page, "front");
    const before = await documentOf(page);
    await open(page, '{ "format": "breakwater",\n  "version": 1,\n  "nodes": [oops] }', "broken.json");
    const dialog = page.getByRole("dialog", { name: "broken.json was not opened" });
    await expect(dialog).toContainText("This is not valid JSON");
    await expect(dialog).toContainText("3:13");
    expect(await focusOf(page)).toBe("Close");
    await press(page, "Enter");
    await expect(dialog).toBeHidden();
    await expect(nodeAt(page, "front")).toBeFocused();
    const whole = example("failover");
    const links = { ...whole.links, "visitors-call-front": { ...whole.links["visitors-call-front"]!, to: "nobody" } };
    await open(page, JSON.stringify({ ...whole, links }), "dangling.json");
    const second = page.getByRole("dialog", { name: "dangling.json was not opened" });
    await expect(second).toContainText("links.visitors-call-front.to");
    await press(page, "Escape");
    await expect(second).toBeHidden();
    expect(await documentOf(page)).toEqual(before);
  });

  test("the tab closed in mid-edit, a name half typed: opened again, nothing is lost", async ({
    playground: page,
    context,
    complaints,
  }) => {
    await rename(page, "web-2", "web-two");
    await press(page, "Enter");
    await rename(page, "web-3", "half typed");
    await reopensWith(page, context, complaints, ["web-two", "half typed"]);
  });
});
