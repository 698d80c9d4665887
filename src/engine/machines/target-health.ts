import { emit, setup, type AnyStateMachine } from "xstate";
import { hostMachine, type HostedMachine } from "./machine-host.ts";

/**
 * A target as one balancer sees it, counting as HAProxy does ([S] check.c): only consecutive answers count. A server
 * starts UP with health = rise, so that ONE failed check marks it down and one success makes it fully up.
 */
export interface TargetHealth {
  readonly rise: number;
  readonly fall: number;
  readonly machine: HostedMachine;
  readonly passEvent: number;
  readonly failEvent: number;
  readonly suddenDeathEvent: number;
  readonly markDownEvent: number;
  // Of each state of the machine:
  /** 1 where it gets requests. */
  readonly usable: Uint8Array;
  /** Checks missed of `fall`, while going down and (all of them) when down. */
  readonly missed: Uint8Array;
  /** Checks passed of `rise`, while coming up. */
  readonly passed: Uint8Array;
  /** Which interval comes next: 0 the ordinary one, 1 fast (unchecked, going down or up), 2 that of a target that is down. */
  readonly pace: Uint8Array;
}

const hosted = new Map<string, TargetHealth>();

/** Made once for each (rise, fall). Where there are no checks a target is `unchecked`, and stays so. */
export function targetHealth(rise: number, fall: number, options: { memory?: boolean } = {}): TargetHealth {
  const key = `${rise}/${fall}/${options.memory !== false}`;
  let health = hosted.get(key);
  if (health === undefined) {
    health = describeHealth(rise, fall, hostMachine(targetHealthMachine(rise, fall), options));
    hosted.set(key, health);
  }
  return health;
}

const passed = emit({ type: "passed" });
const missed = emit({ type: "missed" });
const wentDown = [missed, emit({ type: "went-down" })];
const cameUp = [passed, emit({ type: "came-up" })];

/** The machine for these counts; `up-2` has missed two checks, `down-1` has passed one. */
export function targetHealthMachine(rise: number, fall: number): AnyStateMachine {
  const added = { ADD_UNCHECKED: "unchecked" };
  const states: Record<string, object> = {
    unchecked: { on: { PASS: { target: "up", actions: passed }, FAIL: { target: "down", actions: wentDown }, ...fatal(fall - 1, fall) } },
    up: { on: { ...added, FAIL: failed(0, fall), ...fatal(0, fall) } },
    down: { on: { ...added, PASS: succeeded(0, rise) } },
  };
  for (let count = 1; count < fall; count++) {
    states[`up-${count}`] = { on: { ...added, PASS: { target: "up", actions: passed }, FAIL: failed(count, fall), ...fatal(count, fall) } };
  }
  for (let count = 1; count < rise; count++) {
    states[`down-${count}`] = { on: { ...added, PASS: succeeded(count, rise), FAIL: { target: "down", actions: missed } } };
  }
  return setup({
    types: {} as {
      events: { type: "PASS" | "FAIL" | "SUDDEN_DEATH" | "MARK_DOWN" | "ADD_UNCHECKED" };
      emitted: { type: "missed" | "passed" | "went-down" | "came-up" };
    },
  }).createMachine({ id: "target-health", initial: "unchecked", states }) as unknown as AnyStateMachine;
}

function failed(before: number, fall: number): object {
  return before + 1 < fall ? { target: `up-${before + 1}`, actions: missed } : { target: "down", actions: wentDown };
}

/** HAProxy's `on-error`: to one step from down (and down from there), and down at once. */
function fatal(missedSoFar: number, fall: number): object {
  return { SUDDEN_DEATH: failed(Math.max(missedSoFar, fall - 2, 0), fall), MARK_DOWN: { target: "down", actions: wentDown } };
}

function succeeded(before: number, rise: number): object {
  return before + 1 < rise ? { target: `down-${before + 1}`, actions: passed } : { target: "up", actions: cameUp };
}

function describeHealth(rise: number, fall: number, machine: HostedMachine): TargetHealth {
  const count = (name: string, stem: string) => (name.startsWith(`${stem}-`) ? Number(name.slice(stem.length + 1)) : 0);
  const column = (value: (name: string) => number) => Uint8Array.from(machine.states, value);
  return {
    rise,
    fall,
    machine,
    passEvent: machine.eventOf("PASS"),
    failEvent: machine.eventOf("FAIL"),
    suddenDeathEvent: machine.eventOf("SUDDEN_DEATH"),
    markDownEvent: machine.eventOf("MARK_DOWN"),
    usable: column((name) => (name.startsWith("down") ? 0 : 1)),
    missed: column((name) => (name === "down" ? fall : count(name, "up"))),
    passed: column((name) => count(name, "down")),
    pace: column((name) => (name === "up" ? 0 : name === "down" ? 2 : 1)),
  };
}
