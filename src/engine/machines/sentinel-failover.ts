import { setup } from "xstate";

const failover = setup({
  types: {} as {
    events: { type: "BEGIN" | "WIN" | "CHOOSE" | "ORDER" | "SUCCEED" | "END" | "ABORT" };
    emitted: { type: "began" | "won" | "ended" };
  },
});

const gives = { ABORT: "watching" } as const;

/**
 * A failover as one of Redis's sentinels runs it (sentinel.c, sentinelFailoverStateMachine): it has itself elected, chooses a
 * replica, orders it to be master, waits until it says that it is, and has the other replicas follow it. Each step is taken with
 * a tick of the sentinel's timer.
 */
export const sentinelFailover = failover.createMachine({
  id: "sentinel-failover",
  initial: "watching",
  states: {
    watching: { on: { BEGIN: { target: "electing", actions: failover.emit({ type: "began" }) } } },
    electing: { on: { WIN: { target: "choosing", actions: failover.emit({ type: "won" }) }, ...gives } },
    choosing: { on: { CHOOSE: "ordering", ...gives } },
    ordering: { on: { ORDER: "promoting", ...gives } },
    promoting: { on: { SUCCEED: "reconfiguring", ...gives } },
    reconfiguring: { on: { END: { target: "watching", actions: failover.emit({ type: "ended" }) }, ...gives } },
  },
});
