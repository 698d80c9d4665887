import { expect, type Locator, type Page } from "@playwright/test";
import { documentOf, selectionOf } from "./run.ts";

/** What a hand with a mouse does on the canvas and around it. Points are in pixels of the window. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const nodeAt = (page: Page, id: string): Locator => page.locator(`[data-node="${id}"]`);
export const titleOf = (page: Page, name: string): Locator => page.locator(".inspector").getByRole("heading", { name });
export const inspector = (page: Page): Locator => page.getByRole("complementary", { name: /Inspector|检查器/ });

export async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  await expect(locator).toBeVisible();
  const box = await locator.boundingBox();
  if (box === null) throw new Error("It has no place on the page.");
  return box;
}

export async function middleOf(locator: Locator): Promise<Point> {
  const { x, y, width, height } = await boxOf(locator);
  return { x: x + width / 2, y: y + height / 2 };
}

/** A point of a node, in parts of its width and height. */
export async function pointIn(page: Page, id: string, right = 0.5, down = 0.5): Promise<Point> {
  const { x, y, width, height } = await boxOf(nodeAt(page, id));
  return { x: x + width * right, y: y + height * down };
}

/** Where the wire between two cards runs, clear of their rings and ports, which bear the dots' colour. */
export async function wireBetween(page: Page, from: string, to: string) {
  const [a, b] = [await boxOf(nodeAt(page, from)), await boxOf(nodeAt(page, to))];
  return { x: a.x + a.width + 40, y: a.y, width: b.x - a.x - a.width - 80, height: a.height };
}

/** The title of a frame, the name of a card: where a hand takes hold of it. */
export async function gripOf(page: Page, id: string): Promise<Point> {
  const name = await boxOf(nodeAt(page, id).locator(".name").first());
  return { x: name.x + Math.min(20, name.width / 2), y: name.y + name.height / 2 };
}

/** Presses, goes there in small steps, and lets go. */
export async function drag(page: Page, from: Point, to: Point): Promise<void> {
  await pull(page, from, to);
  await page.mouse.up();
}

/** Presses and goes there, and holds on. */
export async function pull(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + Math.sign(to.x - from.x) * 6, from.y + Math.sign(to.y - from.y) * 6, { steps: 2 });
  await page.mouse.move(to.x, to.y, { steps: 8 });
}

/** Takes a kind out of the palette and holds it over a point. */
export async function takeFromPalette(page: Page, kind: string, to: Point): Promise<void> {
  const item = await middleOf(page.locator(`.palette-item[data-kind="${kind}"]`));
  await page.mouse.move(item.x, item.y);
  await page.mouse.down();
  await page.mouse.move(item.x + 10, item.y, { steps: 3 });
  // The ghost shows that the canvas has the gesture: its script is fetched when the first drag begins.
  const ghost = page.locator(".ghost");
  await expect(async () => {
    await page.mouse.move(item.x + 20, item.y);
    await page.mouse.move(item.x + 24, item.y);
    await expect(ghost).toBeVisible({ timeout: 200 });
  }).toPass();
  await page.mouse.move(to.x, to.y, { steps: 8 });
}

/** Drags a kind out of the palette; gives the id of what it became. */
export async function placeByDrag(page: Page, kind: string, to: Point): Promise<string> {
  const before = Object.keys((await documentOf(page)).nodes);
  await takeFromPalette(page, kind, to);
  await page.mouse.up();
  return newNode(page, before);
}

/** The node of the document that was not there before. */
export async function newNode(page: Page, before: readonly string[]): Promise<string> {
  const added = async () => Object.keys((await documentOf(page)).nodes).filter((id) => !before.includes(id));
  await expect.poll(async () => (await added()).length, { message: "things that were made" }).toBe(1);
  return (await added())[0]!;
}

/** Pulls a link out of a node's port and lets it go at a point. */
export async function dragLink(page: Page, from: string, role: string, to: Point): Promise<void> {
  await nodeAt(page, from).hover();
  await drag(page, await middleOf(nodeAt(page, from).locator(`[data-port="${role}"]`)), to);
}

/** A click on a card or on a frame's title selects it. */
export async function choose(page: Page, id: string, options: { readonly add?: boolean } = {}): Promise<void> {
  const click = async (patience: { readonly timeout?: number } = {}) => {
    const { x, y } = await gripOf(page, id);
    await page.mouse.click(x, y);
    await expect.poll(() => selectionOf(page), { message: `that ${id} is selected`, ...patience }).toContain(id);
  };
  // What moved still when it was aimed at is clicked once more; one that is added to others would be taken away again.
  if (options.add !== true) return expect(() => click({ timeout: 5000 })).toPass();
  await page.keyboard.down("Control");
  await click();
  await page.keyboard.up("Control");
}

/** An entry of a node's menu, or of the empty canvas's, by its words (its key stands beside them); opened with the right button. */
export async function chooseFromMenu(page: Page, at: Point, entry: string): Promise<void> {
  await page.mouse.click(at.x, at.y, { button: "right" });
  await page
    .getByRole("menuitem")
    .filter({ has: page.getByText(entry, { exact: true }) })
    .click();
}

export const toastSays = (page: Page, text: string | RegExp) =>
  expect(page.locator("[data-sonner-toast]").filter({ hasText: text })).toBeVisible();

export const act = (page: Page, name: string) => inspector(page).getByRole("button", { name, exact: true }).click();
export const openTab = (page: Page, name: string) => inspector(page).getByRole("tab", { name, exact: true }).click();

/** A setting's field in the inspector; its slider bears another name. */
export const field = (page: Page, label: string): Locator => inspector(page).getByRole("textbox", { name: label, exact: true });

/** Types a value over what stands in a field and leaves it. */
export async function type(page: Page, label: string, value: string): Promise<void> {
  await field(page, label).fill(value);
  await field(page, label).blur();
}

/** No card covers a card, no frame another but the one it stands in. */
export async function nothingOverlaps(page: Page): Promise<void> {
  const { nodes } = await documentOf(page);
  const boxes = await Promise.all(Object.values(nodes).map(async ({ id, parent }) => ({ id, parent, ...(await boxOf(nodeAt(page, id))) })));
  const touching = boxes.flatMap((a) =>
    boxes
      .filter((b) => a.id < b.id && a.parent === b.parent)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.id} and ${b.id}`),
  );
  expect(touching, "things that overlap").toEqual([]);
}

/** The menu's empty diagram in place of what is open. */
export async function emptyPage(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("menuitem", { name: "New, empty" }).click();
  await expect.poll(async () => Object.keys((await documentOf(page)).nodes).length).toBe(0);
}
