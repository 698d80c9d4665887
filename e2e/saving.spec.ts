import type { Page } from "@playwright/test";
import { expect, test } from "./playground.ts";

const nodes = (page: Page) => page.evaluate(() => Object.keys((window as never as Watched).__breakwater.document().nodes).length);
interface Watched {
  readonly __breakwater: { document(): { readonly nodes: object } };
}

/** A client more, placed by its key; the number of nodes then. */
async function placeOne(page: Page): Promise<number> {
  const before = await nodes(page);
  await page.keyboard.press("c");
  await expect.poll(() => nodes(page)).toBe(before + 1);
  return before + 1;
}

test("what was done is there after the page is opened again", async ({ playground }) => {
  await playground.locator("[data-node]").first().waitFor();
  const placed = await placeOne(playground);
  await expect(playground.getByRole("banner")).toContainText("· saved");
  await playground.reload();
  await expect.poll(() => nodes(playground)).toBe(placed);
});

test("a tab that closes in mid-edit loses nothing", async ({ playground, context }) => {
  await playground.locator("[data-node]").first().waitFor();
  const before = await nodes(playground);
  await playground.keyboard.press("c");
  await playground.waitForFunction(
    (count) => Object.keys((window as never as Watched).__breakwater.document().nodes).length > count,
    before,
  );
  await playground.close();
  const again = await context.newPage();
  await again.goto("./");
  await expect.poll(() => nodes(again)).toBe(before + 1);
});

test("of two tabs one writes and the other follows, until the first closes", async ({ playground, context }) => {
  await playground.locator("[data-node]").first().waitFor();
  const first = await placeOne(playground);
  await expect(playground.getByRole("banner")).toContainText("· saved");
  const follower = await context.newPage();
  await follower.goto("./");
  await expect(follower.getByRole("banner")).toContainText("read only");
  await playground.bringToFront();
  await placeOne(playground);
  await expect.poll(() => nodes(follower)).toBe(first + 1);
  await follower.bringToFront();
  await follower.keyboard.press("c");
  await expect(follower.getByText("This diagram is being edited in another tab.", { exact: true })).toBeVisible();
  expect(await nodes(follower)).toBe(first + 1);
  await playground.close();
  await expect(follower.getByRole("banner")).toContainText("· saved");
  await placeOne(follower);
});

test("a full disk is said for as long as it is full, with export at hand, and is got over", async ({ playground }) => {
  await playground.locator("[data-node]").first().waitFor();
  await playground.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    Object.assign(window, { freeTheDisk: () => (IDBObjectStore.prototype.put = put) });
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("the disk is full", "QuotaExceededError");
    };
  });
  await placeOne(playground);
  const banner = playground.getByRole("banner");
  await expect(banner).toContainText("Not saved: this browser's storage is full");
  await placeOne(playground);
  await expect(banner).toContainText("Not saved");
  await banner.getByRole("button", { name: "Export now" }).click();
  await expect(playground.getByRole("dialog")).toContainText("Save as");
  await playground.keyboard.press("Escape");
  await playground.evaluate(() => (window as never as { freeTheDisk(): void }).freeTheDisk());
  const placed = await placeOne(playground);
  await expect(banner).toContainText("· saved");
  await playground.reload();
  await expect.poll(() => nodes(playground)).toBe(placed);
});
