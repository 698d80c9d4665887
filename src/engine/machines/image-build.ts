import { emit, setup } from "xstate";

/**
 * `docker build` and `docker push` of one image on one machine. Whether there is another step, and whether the bases
 * are there, is known to whoever asks for the build: the machine is told.
 */
export const imageBuild = setup({
  types: {} as {
    events: {
      type: "BUILD" | "REFUSED" | "READY" | "NO_BASE" | "STEP" | "NO_SPACE" | "DONE" | "PUSH" | "PUSHED" | "PUSH_FAILED" | "PLACE_DOWN";
    };
    emitted: { type: "resolve" | "step" | "step-done" | "built" | "gave-up" | "push" };
  },
  delays: { step: 0 },
}).createMachine({
  id: "image-build",
  initial: "unbuilt",
  states: {
    unbuilt: { on: { BUILD: "resolving", REFUSED: "failed" } },
    /** The images that it begins from are fetched if the machine lacks them. */
    resolving: {
      entry: emit({ type: "resolve" }),
      on: { READY: "stepping", NO_BASE: "failed", PLACE_DOWN: "unbuilt" },
    },
    /** Between two steps, for no time: whoever knows the Dockerfile says whether there is another. */
    stepping: {
      entry: emit({ type: "step" }),
      on: { STEP: "building", NO_SPACE: "failed", DONE: { target: "built", actions: emit({ type: "built" }) } },
    },
    building: {
      after: { step: { target: "stepping", actions: emit({ type: "step-done" }) } },
      on: { PLACE_DOWN: "unbuilt" },
    },
    built: { on: { BUILD: "resolving", REFUSED: "failed", PUSH: "pushing" } },
    pushing: {
      entry: emit({ type: "push" }),
      on: { PUSHED: "built", PUSH_FAILED: "built", PLACE_DOWN: "built" },
    },
    failed: {
      entry: emit({ type: "gave-up" }),
      on: { BUILD: "resolving", REFUSED: { target: "failed", reenter: true } },
    },
  },
});
