import type { AnyMachineSnapshot, AnyStateMachine, AnyStateNode } from "xstate";
import type { ChartDescription } from "./chart.ts";
import { delayOf, delaysOf } from "./hostable.ts";
import { ask, askInitial, type Step } from "./step.ts";

/** Everything a machine can do, found by trying every event in every state that can be reached. */
export interface Exploration {
  readonly states: readonly string[];
  readonly snapshots: readonly AnyMachineSnapshot[];
  readonly events: readonly string[];
  /** In the order in which they were first seen. */
  readonly effects: readonly string[];
  readonly initialStep: Step;
  /** `steps[state][event]`. */
  readonly steps: readonly (readonly Step[])[];
  /** The delays that run in each state, with the events by which they end. */
  readonly delayEvents: readonly (readonly (readonly [delay: string, event: string])[])[];
  readonly edges: ChartDescription["edges"];
}

/** Breadth-first, so that the numbering depends on the machine alone. */
export function explore(machine: AnyStateMachine): Exploration {
  const events: readonly string[] = machine.events;
  const initialStep = askInitial(machine);
  const found = new Map([[initialStep.state, initialStep.snapshot]]);
  const steps: Step[][] = [];
  // A Map hands out what is added while it is walked: it is the queue.
  for (const snapshot of found.values()) {
    const here = events.map((event) => ask(machine, snapshot, event));
    for (const step of here) if (!found.has(step.state)) found.set(step.state, step.snapshot);
    steps.push(here);
  }
  const states = [...found.keys()];
  const snapshots = [...found.values()];
  return {
    states,
    snapshots,
    events,
    effects: [...new Set([initialStep, ...steps.flat()].flatMap((step) => step.effects))],
    initialStep,
    steps,
    delayEvents: snapshots.map((snapshot) => delaysOf(snapshot._nodes as readonly AnyStateNode[])),
    edges: steps.flatMap((here, state) => edgesFrom(machine, states[state]!, events, here)),
  };
}

function edgesFrom(machine: AnyStateMachine, from: string, events: readonly string[], steps: readonly Step[]): ChartDescription["edges"] {
  return events.flatMap((event, index) => {
    const step = steps[index]!;
    const silent = step.state === from && step.effects.length === 0 && !step.cancels;
    return silent ? [] : [{ from, to: step.state, event: eventName(machine, event) }];
  });
}

/** "after boot" for the event by which a delay ends. */
export function eventName(machine: AnyStateMachine, event: string): string {
  return event.startsWith("xstate.after.") ? `after ${delayOf(machine, event)}` : event;
}
