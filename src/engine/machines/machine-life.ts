import { setup } from "xstate";

const life = setup({
  types: {} as {
    events: {
      type:
        | "POWER_ON"
        | "POWER_ON_WAITING"
        | "NO_ROOM"
        | "PLACE_UP"
        | "PLACE_DOWN"
        | "LOSE_POWER"
        | "RESTART"
        | "PANIC"
        | "SHUT_DOWN"
        | "SWITCH_OFF"
        | "SWITCH_OFF_WAITING";
    };
    emitted: {
      type: "boot-began" | "booted" | "began-shutting-down" | "switched-off" | "went-down" | "waits" | "refused" | "panicked";
    };
  },
  delays: { boot: 0, grace: 0 },
});

const wentDown = life.emit({ type: "went-down" });
const switchedOff = life.emit({ type: "switched-off" });
const panicked = { target: "panicked", actions: life.emit({ type: "panicked" }) } as const;

const states = {
  /** Switched off; it stays so when its place comes and goes. */
  off: {
    on: { POWER_ON: "booting", POWER_ON_WAITING: "waiting" },
  },
  /** Switched on, but its place is down. */
  waiting: {
    entry: life.emit({ type: "waits" }),
    on: { PLACE_UP: "booting", LOSE_POWER: "off" },
  },
  booting: {
    entry: life.emit({ type: "boot-began" }),
    after: { boot: { target: "running", actions: life.emit({ type: "booted" }) } },
    on: {
      RESTART: { target: "booting", reenter: true },
      LOSE_POWER: { target: "off", actions: wentDown },
      PLACE_DOWN: { target: "waiting", actions: wentDown },
    },
  },
  running: {
    on: {
      SHUT_DOWN: { target: "shutting-down", actions: life.emit({ type: "began-shutting-down" }) },
      PANIC: panicked,
      RESTART: { target: "booting", actions: wentDown },
      LOSE_POWER: { target: "off", actions: wentDown },
      PLACE_DOWN: { target: "waiting", actions: wentDown },
    },
  },
  /**
   * Its services are being stopped. Once they have, the engine says SWITCH_OFF; what has not by the end of the grace goes
   * with it. If its place is shutting down as well, it comes back with that (libvirt-guests): then it waits.
   */
  "shutting-down": {
    after: { grace: { target: "off", actions: switchedOff } },
    on: {
      SWITCH_OFF: { target: "off", actions: switchedOff },
      SWITCH_OFF_WAITING: { target: "waiting", actions: switchedOff },
      PANIC: panicked,
      RESTART: { target: "booting", actions: wentDown },
      LOSE_POWER: { target: "off", actions: wentDown },
      PLACE_DOWN: { target: "waiting", actions: switchedOff },
    },
  },
  /** Its kernel has stopped for good (Linux: kernel.panic = 0): it stands there until somebody restarts it. */
  panicked: { on: { RESTART: "booting", LOSE_POWER: "off", PLACE_DOWN: "waiting" } },
} as const;

/**
 * The life of a machine that others stand in. A machine stands in a place (a site's power, a host), and cannot be up
 * while its place is down. Whoever switches it on knows whether the place is up, and says so with the event: the
 * machine itself asks nothing.
 */
export const machineLife = life.createMachine({ id: "machine-life", initial: "off", states });

/** The same of a machine that takes memory from the one around it, which may not have enough left. */
export const guestLife = life.createMachine({
  id: "guest-life",
  initial: "off",
  states: {
    ...states,
    off: { on: { ...states.off.on, NO_ROOM: "refused" } },
    waiting: { ...states.waiting, on: { ...states.waiting.on, NO_ROOM: "refused" } },
    refused: {
      entry: life.emit({ type: "refused" }),
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
