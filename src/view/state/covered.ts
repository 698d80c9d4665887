import { useLayoutEffect, type RefObject } from "react";
import { create } from "zustand";

/** How much of the canvas lies under panels, in window pixels: at its foot, and at its right side. */
export interface Covered {
  readonly foot: number;
  readonly side: number;
}

export const useCovered = create<Covered>(() => ({ foot: 0, side: 0 }));

/** A panel that lies over one edge of the canvas says how far it reaches from there, for as long as it is open. */
export function useCovering(edge: keyof Covered, panel: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = panel.current;
    const stage = element?.offsetParent;
    if (!element || !stage) return;
    const measure = () => {
      const [inner, outer] = [element.getBoundingClientRect(), stage.getBoundingClientRect()];
      useCovered.setState({ [edge]: edge === "foot" ? outer.bottom - inner.top : outer.right - inner.left });
    };
    const size = new ResizeObserver(measure);
    size.observe(element);
    measure();
    return () => {
      size.disconnect();
      useCovered.setState({ [edge]: 0 });
    };
  }, [edge, panel]);
}
