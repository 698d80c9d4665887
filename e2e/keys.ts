import { expect, type Page } from "@playwright/test";
import { nodeAt } from "./hands.ts";
import { documentOf, selectionOf, timeOf } from "./run.ts";

/** What hands that never leave the keyboard do: nothing here moves the mouse or focuses by script. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** What has the focus, as it is told aloud; null when the page itself has. */
export const focusOf = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const active = document.activeElement;
    if (active === null || active === document.body) return null;
    const label = (active as HTMLInputElement).labels?.[0];
    return active.getAttribute("aria-label") ?? label?.textContent ?? active.textContent ?? "";
  });

const focusIn = (page: Page, selector: string) => page.evaluate((part) => document.activeElement?.closest(part) != null, selector);

/** Goes from part to part of the page with F6; a part that was just opened must have come. */
export async function goToPart(page: Page, selector: string): Promise<void> {
  await expect(page.locator(selector).first()).toBeVisible();
  for (let presses = 0; presses < 8 && !(await focusIn(page, selector)); presses++) await press(page, "F6");
  expect(await focusIn(page, selector), `the focus is in ${selector}`).toBe(true);
}

/** Presses a key until what has the focus is called so; gives up after a round. */
export async function pressUntil(page: Page, key: string, name: string | RegExp, most = 60): Promise<void> {
  const is = async () => {
    const focus = await focusOf(page);
    return focus !== null && (name instanceof RegExp ? name.test(focus) : focus.startsWith(name));
  };
  for (let presses = 0; presses < most; presses++) {
    if (await is()) return;
    await press(page, key);
  }
  expect(await focusOf(page), `what ${key} leads to`).toMatch(name);
}

/** Runs what the command palette offers first for these words. */
export async function command(page: Page, words: string, first: string | RegExp = words): Promise<void> {
  await lookFor(page, words, first);
  await press(page, "Enter");
  await expect(page.locator(".commands")).toBeHidden();
}

/** Types these words into the command palette, which offers first what is looked for. */
export async function lookFor(page: Page, words: string, first: string | RegExp): Promise<void> {
  await press(page, "Control+k");
  await expect(page.locator(".commands-input")).toBeFocused();
  await page.keyboard.type(words);
  await expect(page.locator('[cmdk-item][data-selected="true"]')).toContainText(first);
}

/** Presses a key, and tells which element has the focus when the page has done with it: before any other key can come. */
export async function focusLeftBy(page: Page, key: string): Promise<string> {
  await page.evaluate(() => {
    const turn = new MessageChannel();
    turn.port1.onmessage = () => Object.assign(window, { focusLeft: document.activeElement?.id ?? "" });
    addEventListener("keydown", () => turn.port2.postMessage(null), { once: true, capture: true });
  });
  await press(page, key);
  const left = await page.waitForFunction(() => (window as unknown as { focusLeft?: string }).focusLeft);
  return (await left.jsonValue()) ?? "";
}

/** Goes to a node by its name: it is selected then. */
export async function goTo(page: Page, id: string): Promise<void> {
  await command(page, (await documentOf(page)).nodes[id]!.name);
  await expect.poll(() => selectionOf(page), { message: `that ${id} is selected` }).toEqual([id]);
}

/** Goes to a node by its name, and there with the focus. */
export async function focusOn(page: Page, id: string): Promise<void> {
  await goToPart(page, ".canvas");
  await goTo(page, id);
  await expect(nodeAt(page, id)).toBeFocused();
}

/** Chooses an entry of the menu that is open. */
export async function chooseEntry(page: Page, entry: string): Promise<void> {
  await expect.poll(() => focusIn(page, "[role=menu]"), { message: "the focus is in a menu" }).toBe(true);
  await pressUntil(page, "ArrowDown", entry);
  await press(page, "Enter");
}

/** Goes to a field of the inspector, by its label. */
export async function goToField(page: Page, label: string): Promise<void> {
  await goToPart(page, ".inspector");
  await pressUntil(page, "Tab", new RegExp(`^${label}$`), 80);
}

/** Types a value over what stands in a field of the inspector. */
export async function typeInto(page: Page, label: string, value: string): Promise<void> {
  await goToField(page, label);
  await press(page, "Control+a");
  await page.keyboard.type(value);
  await press(page, "Enter");
}

/** Goes through the options of the list that has the focus. */
export async function pick(page: Page, option: string): Promise<void> {
  const chosen = () => page.evaluate(() => (document.activeElement as HTMLSelectElement).selectedOptions[0]?.text ?? "");
  await press(page, "Home");
  for (let presses = 0; presses < 20 && !(await chosen()).startsWith(option); presses++) await press(page, "ArrowDown");
  expect(await chosen()).toContain(option);
}

/** To a tab of the inspector: Life, Settings, Traffic, Log. */
export async function goToTab(page: Page, name: string): Promise<void> {
  await goToPart(page, ".inspector");
  await pressUntil(page, "Tab", /^(Life|Settings|Traffic|Log)$/);
  await pressUntil(page, "ArrowRight", new RegExp(`^${name}$`));
}

/** Steady at a speed: the director off, as by the key A. */
export async function goAt(page: Page, speed: 1 | 10 | 100): Promise<void> {
  if ((await timeOf(page)).director) await press(page, "a");
  await command(page, `on screen = ${speed} s`, `1 s on screen = ${speed} s`);
  await expect.poll(async () => [(await timeOf(page)).director, (await timeOf(page)).speedAsked]).toEqual([false, speed]);
}

export async function playing(page: Page, wanted: boolean): Promise<void> {
  if ((await timeOf(page)).playing !== wanted) await press(page, "Space");
  await expect.poll(async () => (await timeOf(page)).playing).toBe(wanted);
}
