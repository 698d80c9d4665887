import { useEffect, useState } from "react";
import { canvasElement } from "./camera.ts";

/** A wheel turns in whole, large notches of one axis; a trackpad glides. A wheel zooms, a trackpad pans (and pinches to zoom). */
export function isTrackpad({ deltaX, deltaY, deltaMode }: Pick<WheelEvent, "deltaX" | "deltaY" | "deltaMode">): boolean {
  if (deltaMode !== 0) return false;
  return deltaX !== 0 || !Number.isInteger(deltaY) || Math.abs(deltaY) < 50;
}

/** Whether scrolling pans: told by the last turn of the wheel. */
export function useWheel(): boolean {
  const [pans, setPans] = useState(false);
  useEffect(() => {
    const element = canvasElement();
    const turned = (event: WheelEvent) => !event.ctrlKey && setPans(isTrackpad(event));
    element?.addEventListener("wheel", turned, { capture: true, passive: true });
    return () => element?.removeEventListener("wheel", turned, { capture: true });
  }, []);
  return pans;
}
