import { setup } from "xstate";

const life = setup({
  types: {} as {
    events: { type: "KILL" | "HANG" | "RESUME" | "RECREATE" | "PLACE_DOWN" | "PLACE_UP" };
    emitted: { type: "start-began" | "opened" | "closed" | "silenced" | "resumed" | "died" | "died-with-place" };
  },
  delays: { start: 0 },
});

const killed = [life.emit({ type: "closed" }), life.emit({ type: "died" })];

const states = {
  starting: {
    entry: life.emit({ type: "start-began" }),
    after: { start: { target: "running", actions: life.emit({ type: "opened" }) } },
    on: {
      KILL: { target: "dead", actions: life.emit({ type: "died" }) },
      PLACE_DOWN: { target: "unpowered", actions: life.emit({ type: "died-with-place" }) },
    },
  },
  running: {
    on: {
      KILL: { target: "dead", actions: killed },
      RECREATE: { target: "starting", actions: killed },
      PLACE_DOWN: { target: "unpowered", actions: life.emit({ type: "died-with-place" }) },
    },
  },
  dead: { on: { RECREATE: "starting" } },
  unpowered: { on: { PLACE_UP: "starting" } },
} as const;

/**
 * The life of a thing that stands by itself and needs no machine: a balancer, a registry. It shares only the power of
 * its site; what died with the power starts again with it, what was killed does not.
 */
export const nodeLife = life.createMachine({ id: "node-life", initial: "starting", states });

/** The same of a thing that can also hang: a dependency. */
export const hangingNodeLife = life.createMachine({
  id: "hanging-node-life",
  initial: "starting",
  states: {
    ...states,
    running: { on: { HANG: { target: "hung", actions: life.emit({ type: "silenced" }) }, ...states.running.on } },
    hung: { on: { RESUME: { target: "running", actions: life.emit({ type: "resumed" }) }, ...states.running.on } },
  },
});
