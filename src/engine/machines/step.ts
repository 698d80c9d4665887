import { initialTransition, transition, type AnyMachineSnapshot, type AnyStateMachine, type StateValue } from "xstate";
import { assert } from "../../base/assert.ts";
import { delayOf } from "./hostable.ts";

/** What XState answers to one event, in names. */
export interface Step {
  readonly state: string;
  readonly snapshot: AnyMachineSnapshot;
  readonly effects: readonly string[];
  readonly starts: readonly string[];
  readonly cancels: boolean;
}

/** Asks XState, and no one else, what an event does. */
export function ask(machine: AnyStateMachine, snapshot: AnyMachineSnapshot, event: string): Step {
  const [next, actions] = transition(machine, snapshot, { type: event });
  return read(machine, next, actions);
}

export function askInitial(machine: AnyStateMachine): Step {
  const [snapshot, actions] = initialTransition(machine);
  return read(machine, snapshot, actions);
}

/** An action as `transition` hands it back: a name and what it was given. */
interface Action {
  readonly type: string;
  readonly params?: unknown;
}

function read(machine: AnyStateMachine, snapshot: AnyMachineSnapshot, actions: readonly Action[]): Step {
  const effects: string[] = [];
  const starts: string[] = [];
  let cancels = false;
  for (const action of actions) {
    if (action.type === "xstate.emit") effects.push(effectOf(machine, action));
    else if (action.type === "xstate.raise") starts.push(delayOf(machine, eventOf(action).type));
    else if (action.type === "xstate.cancel") cancels = true;
    else assert(false, `${machine.id} only emits, waits and cancels, but it has an action ${action.type}`);
  }
  return { state: nameOf(snapshot.value as StateValue), snapshot, effects, starts, cancels };
}

function effectOf(machine: AnyStateMachine, action: Action): string {
  const effect = eventOf(action);
  assert(Object.keys(effect).length === 1, `${machine.id}: the effect ${effect.type} carries nothing but its name`);
  return effect.type;
}

function eventOf(action: Action): { readonly type: string } {
  return (action.params as { event: { type: string } }).event;
}

/** "running"; nested "stopping.draining"; parallel "(left.on, right.off)". */
export function nameOf(value: StateValue): string {
  if (typeof value === "string") return value;
  const parts = Object.entries(value).map(([key, inner]) => {
    const name = inner === undefined ? "" : nameOf(inner);
    return name === "" ? key : `${key}.${name}`;
  });
  return parts.length === 1 ? parts[0]! : `(${parts.join(", ")})`;
}
