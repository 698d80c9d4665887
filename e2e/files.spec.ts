import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { dropDocument, expect, test } from "./playground.ts";

interface Watched {
  readonly __breakwater: { document(): unknown };
}
const current = (page: Page) => page.evaluate(() => (window as never as Watched).__breakwater.document());

const small = {
  format: "breakwater",
  version: 1,
  title: { en: "Small" },
  seed: 1,
  start: "warm",
  nodes: {
    a: { id: "a", kind: "client", name: "a", order: 0, parent: null, position: { x: 0, y: 0 }, settings: {} },
    b: { id: "b", kind: "dependency", name: "b", order: 1, parent: null, position: { x: 240, y: 0 }, settings: {} },
  },
  links: { ab: { id: "ab", order: 0, from: "a", to: "b", role: "call", settings: {} } },
  schedule: {},
};

test("what is exported is imported as the same diagram", async ({ playground }) => {
  await playground.locator("[data-node]").first().waitFor();
  const exported = await current(playground);
  await playground.keyboard.press("Control+s");
  const [download] = await Promise.all([
    playground.waitForEvent("download"),
    playground.getByRole("dialog").getByRole("button", { name: "Save as" }).click(),
  ]);
  const text = readFileSync(await download.path(), "utf8");
  await playground.keyboard.press("Escape");
  await dropDocument(playground, small);
  await expect.poll(() => current(playground)).toEqual(small);
  await dropDocument(playground, text, download.suggestedFilename());
  await expect.poll(() => current(playground)).toEqual(exported);
});

test("a diagram is imported by pasting its text, and by choosing its file", async ({ playground }) => {
  await playground.locator("[data-node]").first().waitFor();
  await playground.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, JSON.stringify(small));
  await expect.poll(() => current(playground)).toEqual(small);
  const [chooser] = await Promise.all([playground.waitForEvent("filechooser"), playground.keyboard.press("Control+o")]);
  const other = { ...small, title: { en: "Other" } };
  await chooser.setFiles({ name: "other.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(other)) });
  await expect.poll(() => current(playground)).toEqual(other);
});

const bad = [
  ["is no JSON", '{"format":', "cut-short"],
  ["is something else", '{"hello":"world"}', "not-breakwater"],
  ["knows a kind that nobody knows", JSON.stringify(small).replace('"dependency"', '"teapot"'), "unknown-kind"],
  ["comes from the future", JSON.stringify({ ...small, version: 99 }), "future-version"],
] as const;

for (const [how, text, code] of bad) {
  test(`a file that ${how} is refused with its reason and place, and the diagram stays as it was`, async ({ playground }) => {
    await playground.locator("[data-node]").first().waitFor();
    const before = await current(playground);
    await dropDocument(playground, text, "bad.json");
    const dialog = playground.getByRole("dialog", { name: "bad.json was not opened" });
    await expect(dialog).toContainText(code);
    await expect(dialog).toContainText("$");
    await playground.keyboard.press("Escape");
    await playground.keyboard.press("Shift+L");
    await dropDocument(playground, text, "bad.json");
    await expect(playground.getByRole("dialog", { name: "未能打开 bad.json" })).toContainText(code);
    expect(await current(playground)).toEqual(before);
  });
}
