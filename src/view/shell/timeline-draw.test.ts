import { expect, it } from "vitest";
import { spanOf } from "./timeline-draw.ts";

it.each([
  [0, 0, 30],
  [29, 29, 30],
  [30, 30, 40],
  [5, 50, 60],
  [100, 100, 120],
  [3600, 3600, 3840],
])("at %s s, having been at %s s, the timeline shows %s s", (nowS, reachedS, shownS) => {
  expect(spanOf({ nowUs: nowS * 1e6, reachedUs: reachedS * 1e6 }) / 1e6).toBe(shownS);
});
