import type { Kernel } from "./kernel/kernel.ts";
import { Lanes } from "./kernel/lanes.ts";
import type { HostedMachine } from "./machines/machine-host.ts";

export interface HostingOptions {
  readonly machine: HostedMachine;
  /** A code of its own for its delays. */
  readonly code: number;
  /** Where a row's state is kept. */
  readonly column: { state: Int32Array };
  /** How long a delay is for a row; one that is endless (Infinity) never ends. */
  readonly delayUs: (row: number, delay: string) => number;
  /** Whether a delay that is over takes effect by itself; false: somebody else decides what becomes of it. */
  readonly mayEnd?: (row: number) => boolean;
  readonly effects: Readonly<Record<string, (row: number) => void>>;
  readonly onChange: (row: number) => void;
}

/** Runs one machine for many rows: a state is a number in a column, a delay is a row in a lane, effects are calls. */
export class Hosting {
  readonly machine: HostedMachine;
  readonly delays: Lanes;
  private readonly options: HostingOptions;
  private readonly effects: ((row: number) => void)[];

  constructor(kernel: Kernel, options: HostingOptions) {
    this.options = options;
    this.machine = options.machine;
    this.effects = options.machine.effects.map((name) => options.effects[name] ?? ignore);
    this.delays = new Lanes(kernel, options.code, (row) => {
      if (options.mayEnd?.(row) === false) return;
      const state = options.column.state[row]!;
      const delay = options.machine.delays.findIndex((_, index) => hasDelay(options.machine, state, index));
      this.send(row, options.machine.delayEvent(state, delay));
    });
  }

  /** Sends an event by number; `machine.eventOf` gives the number. Returns whether the machine heeded it. */
  send(row: number, event: number): boolean {
    const { machine, options } = this;
    const state = options.column.state[row]!;
    if (!machine.heeds(state, event)) return false;
    options.column.state[row] = machine.next(state, event);
    if (machine.cancels(state, event)) this.delays.stop(row);
    const starts = machine.startsOf(state, event);
    for (let index = 0; index < starts.length; index++) this.begin(row, machine.delays[starts[index]!]!);
    options.onChange(row);
    const effects = machine.effectsOf(state, event);
    for (let index = 0; index < effects.length; index++) this.effects[effects[index]!]!(row);
    return true;
  }

  private begin(row: number, delay: string): void {
    const lengthUs = this.options.delayUs(row, delay);
    if (lengthUs !== Infinity) this.delays.start(row, lengthUs);
  }

  /** Puts a row into a state without an event: how a warm start finds it. */
  place(row: number, state: string): void {
    this.options.column.state[row] = this.machine.stateOf(state);
    this.delays.stop(row);
    this.options.onChange(row);
  }

  is(row: number, state: string): boolean {
    return this.machine.states[this.options.column.state[row]!] === state;
  }

  name(row: number): string {
    return this.machine.states[this.options.column.state[row]!]!;
  }
}

function ignore(): void {}

function hasDelay(machine: HostedMachine, state: number, delay: number): boolean {
  try {
    machine.delayEvent(state, delay);
    return true;
  } catch {
    return false;
  }
}
