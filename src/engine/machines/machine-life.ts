import { emit, setup } from "xstate";

/**
 * The life of a machine that others stand in, real or virtual. A machine stands in a place (a site's power, a
 * host), and cannot be up while its place is down. Whoever switches it on knows whether the place is up and has
 * memory left, and says so with the event: the machine itself asks nothing.
 */
export const machineLife = setup({
  types: {} as {
    events: {
      type: "POWER_ON" | "POWER_ON_WAITING" | "NO_ROOM" | "PLACE_UP" | "PLACE_DOWN" | "LOSE_POWER" | "RESTART";
    };
    emitted: { type: "boot-began" | "booted" | "went-down" | "waits" | "refused" };
  },
  delays: { boot: 0 },
}).createMachine({
  id: "machine-life",
  initial: "off",
  states: {
    /** Switched off; it stays so when its place comes and goes. */
    off: {
      on: { POWER_ON: "booting", POWER_ON_WAITING: "waiting", NO_ROOM: "refused" },
    },
    /** Switched on, but its place is down. */
    waiting: {
      entry: emit({ type: "waits" }),
      on: { PLACE_UP: "booting", NO_ROOM: "refused", LOSE_POWER: "off" },
    },
    booting: {
      entry: emit({ type: "boot-began" }),
      after: { boot: { target: "running", actions: emit({ type: "booted" }) } },
      on: {
        RESTART: { target: "booting", reenter: true },
        LOSE_POWER: { target: "off", actions: emit({ type: "went-down" }) },
        PLACE_DOWN: { target: "waiting", actions: emit({ type: "went-down" }) },
      },
    },
    running: {
      on: {
        RESTART: { target: "booting", actions: emit({ type: "went-down" }) },
        LOSE_POWER: { target: "off", actions: emit({ type: "went-down" }) },
        PLACE_DOWN: { target: "waiting", actions: emit({ type: "went-down" }) },
      },
    },
    /** Its place had not memory enough left. */
    refused: {
      entry: emit({ type: "refused" }),
      on: {
        POWER_ON: "booting",
        RESTART: "booting",
        POWER_ON_WAITING: "waiting",
        NO_ROOM: { target: "refused", reenter: true },
        PLACE_DOWN: "waiting",
        LOSE_POWER: "off",
      },
    },
  },
});
