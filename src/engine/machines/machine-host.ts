import type { AnyMachineSnapshot, AnyStateMachine } from "xstate";
import { assert } from "../../base/assert.ts";
import type { ChartDescription } from "./chart.ts";
import { explore, type Exploration } from "./exploration.ts";
import { checkHostable, delayNames } from "./hostable.ts";
import { ask, type Step } from "./step.ts";

/**
 * An XState machine as the engine runs it: states, events, effects and delays are numbers, and XState's pure
 * `transition` is the only thing that ever decides. With the memory on, each answer was asked for once, when the
 * machine was first built; with it off, XState is asked every time. The interface, and what it answers, is the same.
 */
export interface HostedMachine {
  readonly id: string;
  /** Numbered in breadth-first order from the initial state, which is 0. */
  readonly states: readonly string[];
  /** Also the events by which delays end; `delayEvent` tells which. */
  readonly events: readonly string[];
  readonly effects: readonly string[];
  readonly delays: readonly string[];
  readonly initial: number;
  readonly initialEffects: readonly number[];
  readonly initialStarts: readonly number[];
  /** Throw on a name that the machine does not have. */
  stateOf(name: string): number;
  eventOf(name: string): number;
  /** The event to send when `delay`, started on entering `state`, has passed. */
  delayEvent(state: number, delay: number): number;
  /** The state afterwards; the same one if nothing happens. */
  next(state: number, event: number): number;
  /** The effects, in order, as indices into `effects`. */
  effectsOf(state: number, event: number): readonly number[];
  /** The delays that begin with this step, as indices into `delays`. */
  startsOf(state: number, event: number): readonly number[];
  /** Whether the delays that were running are void: the state was left, or entered anew. */
  cancels(state: number, event: number): boolean;
  /** Whether the event does anything at all in this state. */
  heeds(state: number, event: number): boolean;
  describe(current: number): ChartDescription;
}

const remembered = new WeakMap<AnyStateMachine, HostedMachine>();

/** Throws if the machine is more than finite states, payload-free effects and named delays. */
export function hostMachine(machine: AnyStateMachine, options: { memory?: boolean } = {}): HostedMachine {
  if (options.memory === false) return new AskingMachine(machine);
  let hosted = remembered.get(machine);
  if (hosted === undefined) {
    hosted = new RememberingMachine(machine);
    remembered.set(machine, hosted);
  }
  return hosted;
}

/** What both sorts share: the names and the numbers. */
abstract class NumberedMachine {
  readonly id: string;
  readonly states: readonly string[];
  readonly events: readonly string[];
  readonly effects: readonly string[];
  readonly delays: readonly string[];
  readonly initial = 0;
  readonly initialEffects: readonly number[];
  readonly initialStarts: readonly number[];
  protected readonly exploration: Exploration;
  private readonly delayEvents: Int32Array;

  constructor(machine: AnyStateMachine) {
    checkHostable(machine);
    const exploration = explore(machine);
    this.exploration = exploration;
    this.id = machine.id;
    this.states = exploration.states;
    this.events = exploration.events;
    this.effects = exploration.effects;
    this.delays = delayNames(machine);
    this.initialEffects = exploration.initialStep.effects.map((name) => this.effects.indexOf(name));
    this.initialStarts = exploration.initialStep.starts.map((name) => this.delays.indexOf(name));
    this.delayEvents = this.tableOfDelayEvents();
  }

  stateOf(name: string): number {
    return numberOf(this.states, name, `a state of ${this.id}`);
  }

  eventOf(name: string): number {
    return numberOf(this.events, name, `an event of ${this.id}`);
  }

  delayEvent(state: number, delay: number): number {
    const event = this.delayEvents[state * this.delays.length + delay]!;
    assert(event >= 0, `${this.id} in ${this.states[state]} has a delay ${this.delays[delay]}`);
    return event;
  }

  describe(current: number): ChartDescription {
    return { machine: this.id, states: this.states, edges: this.exploration.edges, current: this.states[current]! };
  }

  private tableOfDelayEvents(): Int32Array {
    const table = new Int32Array(this.states.length * this.delays.length).fill(-1);
    this.exploration.delayEvents.forEach((events, state) => {
      for (const [delay, event] of events) {
        table[state * this.delays.length + this.delays.indexOf(delay)] = this.events.indexOf(event);
      }
    });
    return table;
  }
}

/** Memory on: tables of (state, event). */
class RememberingMachine extends NumberedMachine implements HostedMachine {
  private readonly width: number;
  private readonly nexts: Int32Array;
  private readonly voids: Uint8Array;
  private readonly heeded: Uint8Array;
  private readonly effectLists: readonly (readonly number[])[];
  private readonly startLists: readonly (readonly number[])[];

  constructor(machine: AnyStateMachine) {
    super(machine);
    const steps = this.exploration.steps.flat();
    this.width = this.events.length;
    this.nexts = Int32Array.from(steps, (step) => this.states.indexOf(step.state));
    this.voids = Uint8Array.from(steps, (step) => (step.cancels ? 1 : 0));
    this.heeded = Uint8Array.from(steps, (step, at) => (heeds(step, this.states[Math.floor(at / this.width)]!) ? 1 : 0));
    this.effectLists = steps.map((step) => indices(this.effects, step.effects));
    this.startLists = steps.map((step) => indices(this.delays, step.starts));
  }

  next(state: number, event: number): number {
    return this.nexts[state * this.width + event]!;
  }

  effectsOf(state: number, event: number): readonly number[] {
    return this.effectLists[state * this.width + event]!;
  }

  startsOf(state: number, event: number): readonly number[] {
    return this.startLists[state * this.width + event]!;
  }

  cancels(state: number, event: number): boolean {
    return this.voids[state * this.width + event] === 1;
  }

  heeds(state: number, event: number): boolean {
    return this.heeded[state * this.width + event] === 1;
  }
}

/** Memory off: XState decides each time anew, from a snapshot of the state. */
class AskingMachine extends NumberedMachine implements HostedMachine {
  private readonly machine: AnyStateMachine;
  private readonly snapshots: readonly AnyMachineSnapshot[];

  constructor(machine: AnyStateMachine) {
    super(machine);
    this.machine = machine;
    this.snapshots = this.exploration.snapshots;
  }

  next(state: number, event: number): number {
    return this.states.indexOf(this.step(state, event).state);
  }

  effectsOf(state: number, event: number): readonly number[] {
    return indices(this.effects, this.step(state, event).effects);
  }

  startsOf(state: number, event: number): readonly number[] {
    return indices(this.delays, this.step(state, event).starts);
  }

  cancels(state: number, event: number): boolean {
    return this.step(state, event).cancels;
  }

  heeds(state: number, event: number): boolean {
    return heeds(this.step(state, event), this.states[state]!);
  }

  private step(state: number, event: number): Step {
    return ask(this.machine, this.snapshots[state]!, this.events[event]!);
  }
}

function heeds(step: Step, from: string): boolean {
  return step.state !== from || step.effects.length > 0 || step.cancels;
}

const none: readonly number[] = Object.freeze([]);

function indices(names: readonly string[], wanted: readonly string[]): readonly number[] {
  return wanted.length === 0 ? none : wanted.map((name) => names.indexOf(name));
}

function numberOf(names: readonly string[], name: string, what: string): number {
  const index = names.indexOf(name);
  assert(index >= 0, `${name} is ${what}`);
  return index;
}
