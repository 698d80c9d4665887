import { useLayoutEffect, useState, type RefObject } from "react";
import { isReachedByKey } from "./reached.ts";

/** Who has the focus when a part of the page comes gets it back when that part goes. Radix gives it to a trigger, and ours has none. */
export function useFocusBack(): () => void {
  const [back] = useState(() => {
    const before = document.activeElement;
    return () => giveFocus(before);
  });
  return back;
}

/** To an element, or, where it has gone since, to the canvas; the page itself needs no giving. */
export function giveFocus(element: Element | null): void {
  if (element === null || element === document.body) return;
  const target = element.isConnected ? element : document.querySelector(".canvas [data-node][tabindex='0']");
  if (target instanceof HTMLElement || target instanceof SVGElement) target.focus();
}

/** The same for a part that is no dialog: only if it has the focus when it goes. */
export function useFocusBackFrom(root: RefObject<HTMLElement | null>): void {
  const back = useFocusBack();
  useLayoutEffect(() => {
    const element = root.current;
    return () => {
      if (element?.contains(document.activeElement) === true) back();
    };
  }, [root, back]);
}

/** The node or the link of the canvas that the keyboard has reached, by its id. */
export function reachedOnCanvas(): string | null {
  const thing = document.activeElement?.closest<HTMLElement | SVGElement>("[data-node], [data-link]") ?? null;
  return isReachedByKey(thing) ? (thing?.dataset["node"] ?? thing?.dataset["link"] ?? null) : null;
}
