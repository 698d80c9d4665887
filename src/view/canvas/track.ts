import type { Point } from "./geometry.ts";

interface Tracking {
  readonly move: (pointer: Point) => void;
  readonly drop: (pointer: Point) => unknown;
  /** After the drop, or instead of it. */
  readonly end: () => void;
}

let stopLast: (() => void) | null = null;

/** Follows the pointer until it is let go or Escape is pressed; only one gesture is tracked at a time. */
export function track({ move, drop, end }: Tracking): void {
  stopLast?.();
  const moved = (event: PointerEvent) => move({ x: event.clientX, y: event.clientY });
  const finish = (pointer: Point | null) => {
    stop();
    if (pointer !== null) drop(pointer);
    end();
  };
  const stop = listen({
    pointermove: moved,
    pointerup: (event) => finish({ x: event.clientX, y: event.clientY }),
    pointercancel: () => finish(null),
    keydown: (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      finish(null);
    },
  });
  stopLast = stop;
}

type Listeners = { readonly [Name in "pointermove" | "pointerup" | "pointercancel" | "keydown"]: (event: WindowEventMap[Name]) => void };

function listen(listeners: Listeners): () => void {
  const entries = Object.entries(listeners) as [string, (event: Event) => void][];
  for (const [name, listener] of entries) window.addEventListener(name, listener, true);
  return () => entries.forEach(([name, listener]) => window.removeEventListener(name, listener, true));
}
