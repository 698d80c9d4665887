import { setup } from "xstate";

const life = setup({
  types: {} as {
    events: { type: "CUT" | "CUT_THERE" | "CUT_BACK" | "FLAP" | "MEND" };
    emitted: { type: "cut" | "cut-there" | "cut-back" | "mended" };
  },
  delays: { "half-period": 0 },
});

const cut = life.emit({ type: "cut" });
const mended = life.emit({ type: "mended" });
const faults = {
  CUT: { target: "cut", actions: cut },
  CUT_THERE: { target: "cut-there", actions: life.emit({ type: "cut-there" }) },
  CUT_BACK: { target: "cut-back", actions: life.emit({ type: "cut-back" }) },
  FLAP: { target: "flapping-cut", actions: cut },
} as const;
const { CUT, CUT_THERE, CUT_BACK, FLAP } = faults;
const MEND = { target: "whole", actions: mended } as const;

/**
 * A wire is whole or cut: what is sent over a cut one falls into silence. It may be cut in one direction alone, so that requests
 * arrive and their answers do not; and it may flap, cut for half of a period and whole for the other.
 */
export const linkLife = life.createMachine({
  id: "link-life",
  initial: "whole",
  states: {
    whole: { on: faults },
    cut: { on: { CUT_THERE, CUT_BACK, FLAP, MEND } },
    "cut-there": { on: { CUT, CUT_BACK, FLAP, MEND } },
    "cut-back": { on: { CUT, CUT_THERE, FLAP, MEND } },
    "flapping-cut": { after: { "half-period": { target: "flapping-whole", actions: mended } }, on: { CUT, CUT_THERE, CUT_BACK, MEND } },
    "flapping-whole": { after: { "half-period": { target: "flapping-cut", actions: cut } }, on: { CUT, CUT_THERE, CUT_BACK, MEND } },
  },
});
