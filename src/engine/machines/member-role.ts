import { setup } from "xstate";

const role = setup({
  types: {} as {
    events: { type: "JOIN" | "LEAVE" | "HEARD" | "STAND" | "WIN" | "STEP_DOWN" };
    emitted: { type: "stood" | "elected" | "deposed" | "beat" };
  },
  delays: { election: 0, heartbeat: 0 },
});

const left = { LEAVE: "out" } as const;
const stands = { target: "candidate", actions: role.emit({ type: "stood" }) } as const;

/**
 * The role of one member of a registry whose members agree by majority (Raft: Ongaro and Ousterhout 2014, §5.2). A follower that
 * hears no leader for its election timeout stands; a candidate that is not elected in time stands anew, in the next term; a
 * leader shows with each heartbeat that it is there. Whoever hears of a later term follows.
 */
export const memberRole = role.createMachine({
  id: "member-role",
  initial: "out",
  states: {
    out: { on: { JOIN: "follower" } },
    follower: {
      after: { election: stands },
      on: { HEARD: { target: "follower", reenter: true }, STAND: stands, ...left },
    },
    candidate: {
      after: { election: { ...stands, reenter: true } },
      on: { WIN: { target: "leader", actions: role.emit({ type: "elected" }) }, STEP_DOWN: "follower", ...left },
    },
    leader: {
      after: { heartbeat: { target: "leader", reenter: true, actions: role.emit({ type: "beat" }) } },
      on: {
        STEP_DOWN: { target: "follower", actions: role.emit({ type: "deposed" }) },
        LEAVE: { target: "out", actions: role.emit({ type: "deposed" }) },
      },
    },
  },
});
