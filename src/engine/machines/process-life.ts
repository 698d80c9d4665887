import { setup } from "xstate";

/** What can happen to a process. */
export type ProcessEvent =
  | "CREATE_WAITING"
  | "CREATE_PULL"
  | "CREATE"
  | "NO_ROOM"
  | "PULLED"
  | "PULL_FAILED"
  | "HANG"
  | "RESUME"
  | "STOP"
  | "STOP_AT_ONCE"
  | "STOP_IGNORED"
  | "STOPPED"
  | "KILL"
  | "CRASH"
  | "RESTART"
  | "START"
  | "MACHINE_DOWN";

const life = setup({
  types: {} as {
    events: { type: ProcessEvent };
    emitted: {
      type:
        | "waits"
        | "pull"
        | "pull-gave-up"
        | "refused"
        | "start-began"
        | "opened"
        | "silenced"
        | "resumed"
        | "began-stopping"
        | "exited"
        | "exited-at-once"
        | "ignored-stop"
        | "command-ended"
        | "crashed"
        | "awaits-restart"
        | "restart-cancelled"
        | "grace-over"
        | "closed"
        | "died"
        | "died-with-machine";
    };
  },
  delays: { start: 0, grace: 0, backoff: 0, command: 0, restart: 0 },
});

/** Ways of coming to be. The engine knows whether the machine is up, has room, and has the image, and says so. */
const creation = { CREATE_WAITING: "waiting", CREATE_PULL: "pulling", CREATE: "starting", NO_ROOM: "refused" } as const;

/** What was alive is killed: who waits for it is refused from now on. */
const killed = { target: "dead" as const, actions: [life.emit({ type: "closed" }), life.emit({ type: "died" })] };
/** What was alive dies with its machine: nobody is left to refuse anything. */
const lost = { target: "dead" as const, actions: life.emit({ type: "died-with-machine" }) };
/** What never lived. */
const abandoned = { target: "dead" as const, actions: life.emit({ type: "died" }) };
/** Its process ended by itself. Whether that is the end of it, its restart policy says: the engine sends RESTART then. */
const crashed = { target: "exited" as const, actions: life.emit({ type: "crashed" }) };
/** docker stop and docker kill take a container out of its back-off; it stays as its process left it. */
const cancelled = { target: "exited" as const, actions: life.emit({ type: "restart-cancelled" }) };
const stoppedEarly = { target: "exited" as const, actions: life.emit({ type: "exited" }) };

/**
 * The life of a container and its process, from its image's pull to its death. One incarnation, a container with its
 * id, runs from a CREATE to the next; a RESTART or a START is the same container again.
 */
export const processLife = life.createMachine({
  id: "process-life",
  initial: "absent",
  states: {
    absent: { on: creation },
    /** Wanted, but its machine is not up. When it comes up the engine says CREATE_PULL, CREATE or NO_ROOM. */
    waiting: {
      entry: life.emit({ type: "waits" }),
      on: { CREATE_PULL: "pulling", CREATE: "starting", NO_ROOM: "refused", KILL: abandoned, STOP: stoppedEarly },
    },
    pulling: {
      entry: life.emit({ type: "pull" }),
      on: {
        PULLED: "starting",
        PULL_FAILED: "pull-failed",
        NO_ROOM: "refused",
        MACHINE_DOWN: "waiting",
        KILL: abandoned,
        STOP: stoppedEarly,
      },
    },
    /** The image cannot be had now; it is asked for again after a while. */
    "pull-failed": {
      entry: life.emit({ type: "pull-gave-up" }),
      after: { backoff: "pulling" },
      on: { ...creation, MACHINE_DOWN: "waiting", KILL: abandoned, STOP: stoppedEarly },
    },
    /** Its machine has not memory enough left. */
    refused: {
      entry: life.emit({ type: "refused" }),
      on: { ...creation, NO_ROOM: { target: "refused", reenter: true }, MACHINE_DOWN: "waiting", KILL: abandoned, STOP: stoppedEarly },
    },
    starting: {
      entry: life.emit({ type: "start-began" }),
      after: { start: { target: "running", actions: life.emit({ type: "opened" }) } },
      on: { KILL: abandoned, STOP: stoppedEarly, CRASH: crashed, MACHINE_DOWN: lost },
    },
    running: {
      /** A server's command never ends by itself: its delay is endless. */
      after: { command: { target: "exited", actions: life.emit({ type: "command-ended" }) } },
      on: {
        HANG: { target: "hung", actions: life.emit({ type: "silenced" }) },
        STOP: { target: "stopping", actions: life.emit({ type: "began-stopping" }) },
        STOP_AT_ONCE: { target: "exited", actions: life.emit({ type: "exited-at-once" }) },
        STOP_IGNORED: { target: "ignoring", actions: life.emit({ type: "ignored-stop" }) },
        KILL: killed,
        CRASH: crashed,
        MACHINE_DOWN: lost,
      },
    },
    hung: {
      on: {
        RESUME: { target: "running", actions: life.emit({ type: "resumed" }) },
        STOP: "hung-stopping",
        KILL: killed,
        CRASH: crashed,
        MACHINE_DOWN: lost,
      },
    },
    /** docker stop: SIGTERM; it takes no new connection and finishes its work, or is killed when its grace ends. */
    stopping: {
      after: { grace: killed },
      on: { STOPPED: { target: "exited", actions: life.emit({ type: "exited" }) }, KILL: killed, MACHINE_DOWN: lost },
    },
    /** What hangs does not hear SIGTERM: it stays silent until its grace ends. */
    "hung-stopping": {
      after: { grace: killed },
      on: { KILL: killed, MACHINE_DOWN: lost },
    },
    /** PID 1 without a handler does not heed SIGTERM (a shell, say): it serves on until its grace ends. */
    ignoring: {
      after: { grace: { ...killed, actions: [life.emit({ type: "grace-over" }), ...killed.actions] } },
      on: { KILL: killed, CRASH: crashed, MACHINE_DOWN: lost },
    },
    /** Docker starts it again after its back-off. */
    restarting: {
      entry: life.emit({ type: "awaits-restart" }),
      after: { restart: "starting" },
      on: { ...creation, KILL: cancelled, STOP: cancelled, MACHINE_DOWN: lost },
    },
    exited: { on: { ...creation, START: "starting", RESTART: "restarting" } },
    dead: { on: { ...creation, START: "starting" } },
  },
});
