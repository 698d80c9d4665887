import type { Page } from "@playwright/test";

interface Box {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Things of a kind that must not lie over each other, and the room in which they must stay. */
const groups = {
  panels: ".header, .palette, .stage, .inspector, .footer",
  header: ".header > *",
  caption: ".caption-bar > *",
  time: ".time-row > *",
  palette: ".palette-item",
  cards: ".card",
  labels: ".plate",
} as const;
type Group = keyof typeof groups;

interface Laid {
  readonly groups: Readonly<Record<Group, readonly Box[]>>;
  readonly frames: readonly Box[];
  /** A child and the frame in which it stands. */
  readonly nested: readonly (readonly [Box, Box])[];
  readonly window: Box;
  readonly stage: Box;
  readonly scrolls: boolean;
}

/** What is wrong with the page as it is laid out now, a line for each fault; nothing of it is a matter of taste. */
export async function faultsOf(page: Page): Promise<string[]> {
  const { groups: found, frames, nested, window, stage, scrolls } = await measure(page);
  const { cards, labels, panels, header, caption, time, palette } = found;
  return [
    ...(scrolls ? ["the page scrolls"] : []),
    ...(cards.length === 0 || caption.length === 0 ? ["nothing is drawn"] : []),
    ...Object.values(found).flatMap((group) => clashes(group)),
    ...labels.flatMap((label) =>
      cards.filter((card) => clash(label, card)).map((card) => `the label ${label.name} lies over ${card.name}`),
    ),
    ...[panels, header, caption, time, palette].flatMap((group) => outside(group, window)),
    ...[cards, labels, frames].flatMap((group) => outside(group, stage)),
    ...nested.flatMap(([child, frame]) => outside([child], frame)),
    ...(await textsCutOff(page)),
    ...(await brokenNames(page)),
  ];
}

const clash = (a: Box, b: Box): boolean => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;

const clashes = (boxes: readonly Box[]): string[] =>
  boxes.flatMap((a, at) =>
    boxes
      .slice(at + 1)
      .filter((b) => clash(a, b))
      .map((b) => `${a.name} lies over ${b.name}`),
  );

const outside = (boxes: readonly Box[], room: Box): string[] =>
  boxes
    .filter((box) => box.left < room.left - 1 || box.right > room.right + 1 || box.top < room.top - 1 || box.bottom > room.bottom + 1)
    .map((box) => `${box.name} leaves ${room.name}`);

/** Everything is measured in one go, so that nothing moves in between. */
function measure(page: Page): Promise<Laid> {
  return page.evaluate((selectors) => {
    const nameOf = (each: Element) =>
      each.getAttribute("data-node") ?? each.getAttribute("aria-label") ?? (each.textContent?.trim().slice(0, 40) || each.className);
    const boxOf = (each: Element, name = nameOf(each)) => {
      const { left, top, right, bottom } = each.getBoundingClientRect();
      return { name, left, top, right, bottom };
    };
    const all = (selector: string) =>
      [...document.querySelectorAll(selector)]
        .filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .map((each) => boxOf(each))
        .filter(({ left, right }) => right > left);
    const nested = Object.values(window.__breakwater.document().nodes).flatMap(({ id, parent }) => {
      const [child, frame] = [id, parent].map((one) => document.querySelector(`[data-node="${one}"]`));
      return child && frame ? [[boxOf(child), boxOf(frame)] as const] : [];
    });
    const { scrollWidth, scrollHeight } = document.documentElement;
    return {
      groups: Object.fromEntries(Object.entries(selectors).map(([group, selector]) => [group, all(selector)])) as Record<Group, Box[]>,
      frames: all(".frame"),
      nested,
      window: { name: "the window", left: 0, top: 0, right: innerWidth, bottom: innerHeight },
      stage: boxOf(document.querySelector(".stage")!, "the canvas"),
      scrolls: scrollWidth > innerWidth || scrollHeight > innerHeight,
    };
  }, groups);
}

/** Texts of which something that neither scrolls nor is meant for screen readers only hides a part. */
function textsCutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // Sentences of the past may end in an ellipsis: each is a button whose title says it all. Large sums push their longer word aside.
    const mayBeCut = ".caption-past, .sums i, textarea, .react-flow__attribution";
    // What a machine has, and an address's port, give way to more important words: not a sign of them is left then.
    const mayGoAsAWhole = ".frame .about, .part .mono";
    const cutBy = (box: DOMRect, outer: Element | null): Element | null => {
      if (outer === null) return null;
      const { overflowX, overflowY, clipPath } = getComputedStyle(outer);
      const room = outer.getBoundingClientRect();
      if (clipPath !== "none" || room.width <= 1 || [overflowX, overflowY].includes("auto") || overflowY === "scroll") return null;
      const isCutAside = overflowX !== "visible" && (box.left < room.left - 1 || box.right > room.right + 1);
      const isCutBelow = overflowY !== "visible" && (box.top < room.top - 2 || box.bottom > room.bottom + 2);
      return isCutAside || isCutBelow ? outer : cutBy(box, outer.parentElement);
    };
    const found: string[] = [];
    const texts = document.createTreeWalker(document.querySelector("#root")!, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const holder = text.parentElement!;
      const words = text.textContent!.trim();
      if (words === "" || holder.closest(mayBeCut) !== null || !holder.checkVisibility({ visibilityProperty: true })) continue;
      range.selectNodeContents(text);
      const box = range.getBoundingClientRect();
      const outer = cutBy(box, holder);
      if (outer !== null && holder.closest(mayGoAsAWhole) !== null && box.top > outer.getBoundingClientRect().bottom - 3) continue;
      if (outer !== null) found.push(`"${words}" is cut off by ${outer.className || outer.tagName}`);
    }
    return found;
  });
}

/** Names of cards that are broken in the middle of a word: neither at a hyphen nor between CJK signs. */
function brokenNames(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const range = document.createRange();
    const topOf = (text: Node, at: number) => {
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect().top;
    };
    return [...document.querySelectorAll(".card .head .name")].flatMap((each) => {
      const text = each.firstChild;
      const words = text?.textContent ?? "";
      if (text === null || !each.checkVisibility()) return [];
      const isBroken = [...words]
        .map((_, at) => at)
        .some((at) => at > 0 && /\w\w/u.test(words.slice(at - 1, at + 1)) && topOf(text, at) > topOf(text, at - 1) + 4);
      return isBroken ? [`${words} is broken in the middle of a word`] : [];
    });
  });
}
