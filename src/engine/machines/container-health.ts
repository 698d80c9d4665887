import { emit, setup, type AnyStateMachine } from "xstate";
import type { ChartDescription } from "./chart.ts";
import { hostMachine, type HostedMachine } from "./machine-host.ts";

/** A container's health as Docker counts it, and what each state of its machine means. */
export interface ContainerHealth {
  readonly retries: number;
  readonly machine: HostedMachine;
  /** "none", "starting", "healthy", "unhealthy": the state without its count. */
  readonly status: readonly string[];
  /** Failures in a row so far. */
  readonly streak: Uint8Array;
}

const failed = emit({ type: "failed" });
const becameHealthy = emit({ type: "became-healthy" });
const becameUnhealthy = [failed, emit({ type: "became-unhealthy" })];

/**
 * What Docker makes of probes (moby health.go, handleProbeResult): one success is healthy; `retries` failures in a row are
 * unhealthy; failures in the start period of a container that never was healthy do not count (FAIL_EARLY). Nothing follows
 * from being unhealthy. `healthy-2` has failed two probes since its last success.
 */
export function containerHealthMachine(retries: number): AnyStateMachine {
  const always = { STARTED: "starting", CLOSED: "none" };
  const passed = { target: "healthy", actions: becameHealthy };
  const states: Record<string, object> = {
    none: { on: { STARTED: "starting" } },
    starting: {
      on: { ...always, PASS: passed, FAIL: failure("starting", 0, retries), FAIL_EARLY: { actions: emit({ type: "excused" }) } },
    },
    healthy: { on: { ...always, FAIL: failure("healthy", 0, retries) } },
    unhealthy: { on: { ...always, PASS: passed } },
  };
  for (let count = 1; count < retries; count++) {
    states[`starting-${count}`] = { on: { ...always, PASS: passed, FAIL: failure("starting", count, retries) } };
    states[`healthy-${count}`] = { on: { ...always, PASS: "healthy", FAIL: failure("healthy", count, retries) } };
  }
  return setup({
    types: {} as {
      events: { type: "STARTED" | "CLOSED" | "PASS" | "FAIL" | "FAIL_EARLY" };
      emitted: { type: "failed" | "excused" | "became-healthy" | "became-unhealthy" };
    },
  }).createMachine({ id: "health", initial: "none", states }) as unknown as AnyStateMachine;
}

function failure(status: string, before: number, retries: number): object {
  return before + 1 < retries ? { target: `${status}-${before + 1}`, actions: failed } : { target: "unhealthy", actions: becameUnhealthy };
}

const hosted = new Map<string, ContainerHealth>();

/** Made once for each number of retries. */
export function containerHealth(retries: number, options: { memory?: boolean } = {}): ContainerHealth {
  const key = `${retries}/${options.memory !== false}`;
  let health = hosted.get(key);
  if (health === undefined) {
    const machine = hostMachine(containerHealthMachine(retries), options);
    health = {
      retries,
      machine,
      status: machine.states.map(statusOf),
      streak: Uint8Array.from(machine.states, (name) => (name === "unhealthy" ? retries : Number(name.split("-")[1] ?? 0))),
    };
    hosted.set(key, health);
  }
  return health;
}

const statusOf = (state: string): string => state.split("-")[0]!;

/** The machine with the states that differ in nothing but their count drawn as one. */
export function describeHealth({ machine }: ContainerHealth, current: number): ChartDescription {
  const whole = machine.describe(current);
  const edges = new Map<string, ChartDescription["edges"][number]>();
  for (const edge of whole.edges) {
    const [from, to] = [statusOf(edge.from), statusOf(edge.to)];
    if (from !== to) edges.set(`${from} ${edge.event} ${to}`, { from, to, event: edge.event });
  }
  return {
    machine: whole.machine,
    states: [...new Set(whole.states.map(statusOf))],
    edges: [...edges.values()],
    current: statusOf(whole.current),
  };
}
