import { setup } from "xstate";

const life = setup({
  types: {} as {
    events: { type: "START" | "NO_START" | "WAIT" | "KILL" | "HANG" | "RESUME" | "STOP" | "STOPPED" | "PLACE_DOWN" };
    emitted: {
      type:
        "start-began" | "opened" | "began-stopping" | "stopped" | "died" | "died-with-place" | "silenced" | "resumed" | "refused" | "waits";
    };
  },
  delays: { start: 0, grace: 0 },
});

const killed = { target: "dead" as const, actions: life.emit({ type: "died" }) };
const stopped = { target: "stopped" as const, actions: life.emit({ type: "stopped" }) };
const lost = { target: "waiting" as const, actions: life.emit({ type: "died-with-place" }) };

/**
 * The life of what is installed in a place and started there: an application server on an operating system, an
 * application in a server. Nothing is made anew: it comes back as what it was. The engine knows whether it can start
 * (is its port free, has it the Java that it needs?), and says START or NO_START.
 */
export const installedLife = life.createMachine({
  id: "installed-life",
  initial: "waiting",
  states: {
    /** Its place is not up, or has just gone down. */
    waiting: { entry: life.emit({ type: "waits" }), on: { START: "starting", NO_START: "refused", KILL: "dead" } },
    starting: {
      entry: life.emit({ type: "start-began" }),
      after: { start: { target: "running", actions: life.emit({ type: "opened" }) } },
      on: { KILL: killed, PLACE_DOWN: lost },
    },
    running: {
      on: {
        STOP: { target: "stopping", actions: life.emit({ type: "began-stopping" }) },
        KILL: killed,
        HANG: { target: "hung", actions: life.emit({ type: "silenced" }) },
        PLACE_DOWN: lost,
      },
    },
    /** It takes nothing new and finishes what it has, for as long as it may. */
    stopping: { after: { grace: stopped }, on: { STOPPED: stopped, KILL: killed, PLACE_DOWN: lost } },
    hung: { on: { KILL: killed, RESUME: { target: "running", actions: life.emit({ type: "resumed" }) }, PLACE_DOWN: lost } },
    refused: {
      entry: life.emit({ type: "refused" }),
      on: { START: "starting", NO_START: { target: "refused", reenter: true }, WAIT: "waiting", PLACE_DOWN: "waiting" },
    },
    stopped: { on: { START: "starting", NO_START: "refused", WAIT: "waiting" } },
    dead: { on: { START: "starting", NO_START: "refused", WAIT: "waiting" } },
  },
});
