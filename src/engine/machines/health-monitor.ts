import { emit, setup } from "xstate";

/**
 * When a container's healthcheck runs (moby health.go, monitor): first one interval after its process has started, then one
 * interval after the END of the probe before. Docker itself runs it, in the container: it crosses no wire.
 */
export const healthMonitor = setup({
  types: {} as {
    events: { type: "OPEN" | "CLOSE" | "ANSWERED" | "NEXT" };
    emitted: { type: "probe-began" | "probe-ended" };
  },
  delays: { engine: 0, interval: 0, probe: 0 },
}).createMachine({
  id: "health-monitor",
  initial: "closed",
  states: {
    closed: { on: { OPEN: "opening" } },
    /** Docker is still starting the process. */
    opening: { after: { engine: "waiting" }, on: { CLOSE: "closed" } },
    waiting: { after: { interval: "probing" }, on: { CLOSE: "closed" } },
    probing: {
      entry: emit({ type: "probe-began" }),
      after: { probe: "answered" },
      on: { ANSWERED: "answered", CLOSE: "closed" },
    },
    /** The answer is judged before the next interval begins, since its length depends on it. */
    answered: { entry: emit({ type: "probe-ended" }), on: { NEXT: "waiting", CLOSE: "closed" } },
  },
});
