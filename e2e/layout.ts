import type { Page } from "@playwright/test";

/** What is wrong with the page as it is laid out now, a line for each fault; nothing of it is a matter of taste. */
export function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    interface Named {
      readonly name: string;
      readonly box: DOMRect;
    }
    const faults: string[] = [];
    const seen = (each: Element) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const nameOf = (each: Element) =>
      each.getAttribute("data-node") ?? each.getAttribute("aria-label") ?? (each.textContent?.trim().slice(0, 40) || each.className);
    const all = (selector: string): Named[] =>
      [...document.querySelectorAll(selector)]
        .filter(seen)
        .map((each) => ({ name: nameOf(each), box: each.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0);
    const clash = (a: DOMRect, b: DOMRect) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    const apart = (things: readonly Named[], others: readonly Named[] = things) =>
      things.forEach((a, at) => {
        for (const b of others === things ? things.slice(at + 1) : others)
          if (clash(a.box, b.box)) faults.push(`${a.name} lies over ${b.name}`);
      });
    const within = (things: readonly Named[], room: DOMRect, where: string) => {
      for (const { name, box } of things)
        if (box.left < room.left - 1 || box.right > room.right + 1 || box.top < room.top - 1 || box.bottom > room.bottom + 1)
          faults.push(`${name} leaves ${where}`);
    };
    const panels = all(".header, .palette, .stage, .inspector, .footer");
    const window_ = new DOMRect(0, 0, innerWidth, innerHeight);
    const page_ = document.documentElement;
    if (page_.scrollWidth > innerWidth || page_.scrollHeight > innerHeight) faults.push("the page scrolls");
    if (panels.length < 5) faults.push(`only ${panels.length} of five panels are there`);
    apart(panels);
    within(panels, window_, "the window");

    const controls = [".header > *", ".caption-bar > *", ".time-row > *", ".palette-item"].map(all);
    controls.forEach((group) => {
      apart(group);
      within(group, window_, "the window");
    });

    const [cards, plates] = [all(".card"), all(".plate")];
    const stage = document.querySelector(".stage")!.getBoundingClientRect();
    if (cards.length === 0) faults.push("no card is drawn");
    apart(cards);
    apart(plates);
    apart(plates, cards);
    within([...cards, ...all(".frame"), ...plates], stage, "the canvas");
    const { nodes } = window.__breakwater.document();
    const boxOf = (id: string) => document.querySelector(`[data-node="${id}"]`)?.getBoundingClientRect();
    for (const { id, parent } of Object.values(nodes)) {
      const [box, room] = [boxOf(id), parent === null ? undefined : boxOf(parent)];
      if (box !== undefined && room !== undefined) within([{ name: id, box }], room, parent!);
    }

    // Sentences of the past may end in an ellipsis: each is a button whose title says it all.
    const mayBeCut = ".caption-past, textarea, .react-flow__attribution";
    const texts = document.createTreeWalker(document.querySelector("#root")!, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const holder = text.parentElement!;
      if (text.textContent!.trim() === "" || !seen(holder) || holder.closest(mayBeCut) !== null) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const box = range.getBoundingClientRect();
      for (let outer: Element | null = holder; outer !== null; outer = outer.parentElement) {
        const { overflowX, overflowY, clipPath } = getComputedStyle(outer);
        const room = outer.getBoundingClientRect();
        // What only a screen reader reads is clipped on purpose; what scrolls can be scrolled to.
        if (clipPath !== "none" || room.width <= 1 || overflowX === "auto" || overflowY === "auto" || overflowY === "scroll") break;
        const isCutAside = overflowX !== "visible" && (box.left < room.left - 1 || box.right > room.right + 1);
        const isCutBelow = overflowY !== "visible" && (box.top < room.top - 2 || box.bottom > room.bottom + 2);
        if (!isCutAside && !isCutBelow) continue;
        faults.push(`"${text.textContent!.trim()}" is cut off by ${outer.className || outer.tagName}`);
        break;
      }
    }
    return faults;
  });
}

/** The names that are broken in the middle of a word: a line of them ends neither at a hyphen nor between CJK signs. */
export function brokenNames(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(".card .head .name")]
      .filter((each) => each.checkVisibility() && each.firstChild !== null)
      .flatMap((each) => {
        const text = each.textContent!;
        const range = document.createRange();
        const topOf = (at: number) => {
          range.setStart(each.firstChild!, at);
          range.setEnd(each.firstChild!, at + 1);
          return range.getBoundingClientRect().top;
        };
        const isBroken = [...text].some((_, at) => at > 0 && topOf(at) > topOf(at - 1) + 4 && /\w\w/u.test(text.slice(at - 1, at + 1)));
        return isBroken ? [text] : [];
      }),
  );
}
