import { emit, setup } from "xstate";

/** What a site's things share — its power, or its network — is there or lost. */
export const zoneLife = setup({
  types: {} as {
    events: { type: "LOSE" | "RESTORE" };
    emitted: { type: "lost" | "restored" };
  },
}).createMachine({
  id: "zone-life",
  initial: "whole",
  states: {
    whole: { on: { LOSE: { target: "lost", actions: emit({ type: "lost" }) } } },
    lost: { on: { RESTORE: { target: "whole", actions: emit({ type: "restored" }) } } },
  },
});
