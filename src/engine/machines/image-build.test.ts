import { expect, test } from "vitest";
import { amiss } from "./machine-table.ts";
import { imageBuild } from "./image-build.ts";

test("the whole table", () => {
  const table = `
                      → unbuilt
  unbuilt   BUILD       → resolving: resolve
  unbuilt   REFUSED     → failed: gave-up
  resolving READY       → stepping: step
  resolving NO_BASE     → failed: gave-up
  resolving PLACE_DOWN  → unbuilt
  stepping  STEP        → building: starts step
  stepping  DONE        → built: built
  building  after step  → stepping: step-done, step; voids
  building  PLACE_DOWN  → unbuilt: voids
  built     BUILD       → resolving: resolve
  built     REFUSED     → failed: gave-up
  built     PUSH        → pushing: push
  pushing   PUSHED      → built
  pushing   PUSH_FAILED → built
  pushing   PLACE_DOWN  → built
  failed    BUILD       → resolving: resolve
  stepping  NO_SPACE    → failed: gave-up
  failed    REFUSED     → failed: gave-up
`;
  expect(amiss(imageBuild, table)).toEqual([]);
});
