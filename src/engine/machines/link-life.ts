import { emit, setup } from "xstate";

/** A wire is whole or cut; what is sent over a cut one falls into silence. */
export const linkLife = setup({
  types: {} as {
    events: { type: "CUT" | "MEND" };
    emitted: { type: "cut" | "mended" };
  },
}).createMachine({
  id: "link-life",
  initial: "whole",
  states: {
    whole: { on: { CUT: { target: "cut", actions: emit({ type: "cut" }) } } },
    cut: { on: { MEND: { target: "whole", actions: emit({ type: "mended" }) } } },
  },
});
