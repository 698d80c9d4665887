import type { Act, Topology } from "../document/topology.ts";

/** An example with what is done to it, and for how long it is played: its trace is kept beside it. */
export interface Scenario {
  /** Names the golden record. */
  readonly id: string;
  /** The file in `public/examples`. */
  readonly example: string;
  readonly forSeconds: number;
  readonly cold?: boolean;
  /** Nothing in it is left to chance: every seed gives the same trace. */
  readonly isFixed?: boolean;
  /** What is otherwise than in the example. */
  readonly change?: (document: Topology) => Topology;
  readonly acts: readonly (Act & { readonly atSeconds: number })[];
}

const at = (atSeconds: number, act: string, target: string, amount?: number) => ({
  atSeconds,
  act,
  target,
  ...(amount === undefined ? {} : { amount }),
});

/** The member that leads at first, from the other two. */
const parted = (atSeconds: number, act: "cut" | "mend") => [
  at(atSeconds, act, "registry-1-peer-registry-2"),
  at(atSeconds, act, "registry-2-peer-registry-3"),
];

/** Every example is in at least one of them. */
export const scenarios: readonly Scenario[] = [
  { id: "failover", example: "failover", forSeconds: 60, acts: [at(10, "kill", "web-2"), at(25, "recreate", "web-2")] },
  { id: "failover-cold", example: "failover", forSeconds: 40, cold: true, acts: [] },
  {
    id: "failover-hang-and-stop",
    example: "failover",
    forSeconds: 50,
    acts: [
      at(10, "hang", "web-2"),
      at(20, "resume", "web-2"),
      at(30, "slow", "web-1", 10),
      at(35, "stop", "web-3"),
      at(40, "recreate", "web-3"),
    ],
  },
  {
    id: "failover-host-lost",
    example: "failover",
    forSeconds: 70,
    acts: [at(10, "unplug", "host-a"), at(25, "power-on", "host-a"), at(26, "recreate", "web-1"), at(26, "recreate", "web-2")],
  },
  {
    id: "failover-registries-lost",
    example: "failover",
    forSeconds: 60,
    acts: [
      at(5, "kill", "images"),
      at(10, "kill", "registry"),
      at(12, "kill", "web-2"),
      at(20, "recreate", "web-2"),
      at(30, "recreate", "registry"),
      at(35, "cut", "visitors-call-front"),
      at(40, "mend", "visitors-call-front"),
    ],
  },
  // Their schedules are their stories.
  { id: "one-address", example: "one-address", forSeconds: 30, acts: [] },
  { id: "behind-dns", example: "behind-dns", forSeconds: 70, acts: [] },
  { id: "two-ways-to-find", example: "two-ways-to-find", forSeconds: 75, acts: [] },
  {
    id: "client-side-discovery",
    example: "client-side-discovery",
    forSeconds: 40,
    acts: [at(10, "kill", "web-2"), at(25, "recreate", "web-2")],
  },
  {
    id: "members-majority-parted",
    example: "three-members",
    forSeconds: 50,
    acts: [
      ...parted(10, "cut"),
      at(15, "recreate", "web-1"),
      at(15, "recreate", "web-2"),
      ...parted(30, "mend"),
      at(37, "kill", "registry-1"),
      at(40, "recreate", "web-3"),
    ],
  },
  {
    id: "redis-sentinel",
    example: "redis-sentinel",
    forSeconds: 50,
    acts: [at(10, "kill", "redis-1"), at(25, "recreate", "redis-1"), at(32, "kill", "sentinel-2"), at(36, "kill", "redis-2")],
  },
  { id: "stale-address", example: "stale-address", forSeconds: 30, acts: [at(25, "confirm", "by-address-call-orders")] },
  { id: "one-server-is-not-enough", example: "one-server-is-not-enough", forSeconds: 60, acts: [] },
  { id: "voting-app", example: "voting-app", forSeconds: 30, acts: [at(10, "kill", "db"), at(20, "recreate", "db")] },
  {
    id: "sock-shop",
    example: "sock-shop",
    forSeconds: 50,
    acts: [at(10, "kill", "rabbitmq"), at(20, "kill", "payment"), at(25, "recreate", "payment"), at(30, "recreate", "orders")],
  },
  { id: "two-zones", example: "two-zones", forSeconds: 60, acts: [] },
  { id: "crash-loop", example: "restarted-or-not", forSeconds: 45, acts: [at(25, "start", "web-2"), at(40, "kill", "worker")] },
  {
    id: "health-and-host-back",
    example: "restarted-or-not",
    forSeconds: 95,
    acts: [at(12, "stop", "worker"), at(52, "unplug", "host-a"), at(54, "power-on", "host-a")],
  },
  { id: "images-and-instances", example: "images-and-instances", forSeconds: 70, acts: [] },
  { id: "stacked-in-one-container", example: "stacked-in-one-container", forSeconds: 80, acts: [] },
  { id: "short-lived", example: "short-lived", forSeconds: 45, acts: [] },
  { id: "image-registry-down", example: "image-registry-down", forSeconds: 60, acts: [] },
  { id: "three-ways", example: "three-ways", forSeconds: 20, isFixed: true, acts: [] },
  { id: "same-budget", example: "same-budget", forSeconds: 30, isFixed: true, acts: [] },
  {
    id: "out-of-memory",
    example: "three-ways",
    forSeconds: 25,
    isFixed: true,
    acts: [at(8, "eat-memory", "wild-war"), at(8, "eat-memory", "wild-vm-war"), at(8, "eat-memory", "wild-container")],
  },
];
