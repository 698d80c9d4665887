import { emit, setup } from "xstate";

/** One instance as one registry sees it. The delay `ttl` begins anew with each renewal (Consul: critical exactly TTL after the last update). */
export const lease = setup({
  types: {} as {
    events: { type: "REGISTER" | "RENEW" | "WITHDRAW" | "FORGET" };
    emitted: { type: "registered" | "renewed" | "withdrawn" | "expired" };
  },
  delays: { ttl: 0 },
}).createMachine({
  id: "lease",
  initial: "absent",
  states: {
    absent: { on: { REGISTER: { target: "held", actions: emit({ type: "registered" }) } } },
    held: {
      after: { ttl: { target: "expired", actions: emit({ type: "expired" }) } },
      on: {
        // Consul: the same id again replaces the entry, which for its time to live is a renewal.
        REGISTER: { target: "held", reenter: true, actions: emit({ type: "renewed" }) },
        RENEW: { target: "held", reenter: true, actions: emit({ type: "renewed" }) },
        WITHDRAW: { target: "absent", actions: emit({ type: "withdrawn" }) },
        // The registry itself died and remembers nothing.
        FORGET: "absent",
      },
    },
    expired: {
      on: {
        // Consul: a late heartbeat makes it pass again at once.
        REGISTER: { target: "held", actions: emit({ type: "registered" }) },
        RENEW: { target: "held", actions: emit({ type: "registered" }) },
        WITHDRAW: { target: "absent", actions: emit({ type: "withdrawn" }) },
        FORGET: "absent",
      },
    },
  },
});
