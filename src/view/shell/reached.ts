/**
 * Whether a key or the pointer brought the focus where it is. The browser's own `:focus-visible` forgets it: the first
 * key after a click makes what was clicked look as if a key had reached it.
 */
let pointing = false;
let key = "";
let pointedAt: Element | null = null;

const walks = /^(?:Tab|F6|Arrow\w+)$/u;

function onPointerDown(event: Event): void {
  pointing = true;
  const { activeElement } = document;
  if (event.target instanceof Node && activeElement !== document.body && activeElement?.contains(event.target) === true)
    pointedAt = activeElement;
}

function onKeyDown(event: KeyboardEvent): void {
  pointing = false;
  key = event.key;
}

function onFocusIn({ target }: FocusEvent): void {
  if (!(target instanceof Element)) return;
  if (pointing) pointedAt = target;
  // Given back by a dialog that closes, the focus is as it was before.
  else if (target !== pointedAt || walks.test(key)) pointedAt = null;
}

if (typeof window !== "undefined") {
  window.addEventListener("pointerdown", onPointerDown, true);
  window.addEventListener("keydown", onKeyDown, true);
  window.addEventListener("focusin", onFocusIn, true);
}

/** Reached by key; what was clicked leaves the keys to the page. */
export const isReachedByKey = (target: EventTarget | null): boolean =>
  target instanceof Element && target !== pointedAt && target.matches(":focus-visible");
