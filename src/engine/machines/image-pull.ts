import { emit, setup } from "xstate";

/** One image on one machine: its manifest is asked for, then its missing layers are fetched. */
export const imagePull = setup({
  types: {} as {
    events: { type: "ASK" | "MANIFEST" | "DONE" | "FAIL" | "FORGET" };
    emitted: { type: "asked" | "fetch" | "have" | "gave-up" };
  },
}).createMachine({
  id: "image-pull",
  initial: "absent",
  states: {
    absent: { on: { ASK: "resolving" } },
    resolving: {
      entry: emit({ type: "asked" }),
      on: { MANIFEST: "fetching", DONE: "present", FAIL: "failed", FORGET: "absent" },
    },
    fetching: {
      entry: emit({ type: "fetch" }),
      on: { DONE: "present", FAIL: "failed", FORGET: "absent" },
    },
    present: {
      entry: emit({ type: "have" }),
      // Its tag may stand for another image by now: whoever must know asks again.
      on: { ASK: "resolving", FORGET: "absent" },
    },
    failed: {
      entry: emit({ type: "gave-up" }),
      on: { ASK: "resolving", FORGET: "absent" },
    },
  },
});
