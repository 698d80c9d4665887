import { expect, test } from "vitest";
import { amiss } from "./machine-table.ts";
import { linkLife } from "./link-life.ts";

test("the whole table", () => {
  const table = `
                                   → whole
  whole          CUT               → cut: cut
  whole          CUT_THERE         → cut-there: cut-there
  whole          CUT_BACK          → cut-back: cut-back
  whole          FLAP              → flapping-cut: cut; starts half-period
  cut            CUT_THERE         → cut-there: cut-there
  cut            CUT_BACK          → cut-back: cut-back
  cut            FLAP              → flapping-cut: cut; starts half-period
  cut            MEND              → whole: mended
  cut-there      CUT               → cut: cut
  cut-there      CUT_BACK          → cut-back: cut-back
  cut-there      FLAP              → flapping-cut: cut; starts half-period
  cut-there      MEND              → whole: mended
  cut-back       CUT               → cut: cut
  cut-back       CUT_THERE         → cut-there: cut-there
  cut-back       FLAP              → flapping-cut: cut; starts half-period
  cut-back       MEND              → whole: mended
  flapping-cut   after half-period → flapping-whole: mended; starts half-period; voids
  flapping-cut   CUT               → cut: cut; voids
  flapping-cut   CUT_THERE         → cut-there: cut-there; voids
  flapping-cut   CUT_BACK          → cut-back: cut-back; voids
  flapping-cut   MEND              → whole: mended; voids
  flapping-whole after half-period → flapping-cut: cut; starts half-period; voids
  flapping-whole CUT               → cut: cut; voids
  flapping-whole CUT_THERE         → cut-there: cut-there; voids
  flapping-whole CUT_BACK          → cut-back: cut-back; voids
  flapping-whole MEND              → whole: mended; voids
`;
  expect(amiss(linkLife, table)).toEqual([]);
});
