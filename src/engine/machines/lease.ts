import { setup } from "xstate";

const life = setup({
  types: {} as {
    events: { type: "REGISTER" | "RENEW" | "WITHDRAW" | "FORGET" | "EVICT" | "LIST" | "PASS" | "WARN" | "FAIL" | "REAP" };
    emitted: {
      type: "registered" | "renewed" | "withdrawn" | "expired" | "passed" | "warned" | "failed" | "deregistered";
    };
  },
  delays: { ttl: 0, reap: 0 },
});

const told = {
  registered: life.emit({ type: "registered" }),
  renewed: life.emit({ type: "renewed" }),
  withdrawn: life.emit({ type: "withdrawn" }),
  expired: life.emit({ type: "expired" }),
  passed: life.emit({ type: "passed" }),
  warned: life.emit({ type: "warned" }),
  failed: life.emit({ type: "failed" }),
  deregistered: life.emit({ type: "deregistered" }),
} as const;

/** Whoever is not (or no longer) in the catalogue may come into it: under a lease, or under checks. */
const comesIn = {
  REGISTER: { target: "held", actions: told.registered },
  LIST: { target: "critical", actions: told.registered },
} as const;

const leaves = {
  WITHDRAW: { target: "absent", actions: told.withdrawn },
  EVICT: { target: "expired", actions: told.expired },
  // The registry itself died and remembers nothing.
  FORGET: "absent",
} as const;

/**
 * One instance as one registry sees it. Under a lease it is `held` until its time is over, and then it is gone. Under
 * checks it stays in the catalogue whatever becomes of it: passing, warning or critical, and gone only after it was
 * critical for long. The delay `ttl` begins anew with each renewal (Consul: critical exactly TTL after the last update).
 */
export const lease = life.createMachine({
  id: "lease",
  initial: "absent",
  states: {
    absent: { on: comesIn },
    held: {
      after: { ttl: { target: "expired", actions: told.expired } },
      on: {
        // Consul: the same id again replaces the entry, which for its time to live is a renewal.
        REGISTER: { target: "held", reenter: true, actions: told.renewed },
        RENEW: { target: "held", reenter: true, actions: told.renewed },
        ...leaves,
      },
    },
    passing: {
      after: { ttl: { target: "critical", actions: told.failed } },
      on: {
        PASS: { target: "passing", reenter: true, actions: told.renewed },
        WARN: { target: "warning", actions: told.warned },
        FAIL: { target: "critical", actions: told.failed },
        ...leaves,
      },
    },
    warning: {
      after: { ttl: { target: "critical", actions: told.failed } },
      on: {
        PASS: { target: "passing", actions: told.passed },
        WARN: { target: "warning", reenter: true, actions: told.renewed },
        FAIL: { target: "critical", actions: told.failed },
        ...leaves,
      },
    },
    critical: {
      // Consul: a late heartbeat makes it pass again at once.
      after: { reap: { target: "expired", actions: told.deregistered } },
      on: {
        PASS: { target: "passing", actions: told.passed },
        WARN: { target: "warning", actions: told.warned },
        ...leaves,
        // Several members have agreed that it was critical for long enough.
        REAP: { target: "expired", actions: told.deregistered },
      },
    },
    expired: {
      on: {
        ...comesIn,
        RENEW: { target: "held", actions: told.registered },
        WITHDRAW: { target: "absent", actions: told.withdrawn },
        FORGET: "absent",
      },
    },
  },
});
