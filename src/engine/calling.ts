import type { Addresses, Entities } from "./entities.ts";
import { whatNumber, type Journal } from "./journal.ts";
import type { Kernel } from "./kernel/kernel.ts";
import type { Links } from "./links.ts";
import { ending, type Ending, type Network } from "./network.ts";
import { taskState, type Tasks } from "./tasks.ts";
import type { Upstreams } from "./upstreams.ts";
import type { LinkConfig, World } from "./world.ts";

/** One link of a caller's plan, with its settings as numbers: all that a call needs of it lies in one place. */
export interface PlanStep {
  readonly link: LinkConfig;
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly latencyUs: number;
  readonly discovers: boolean;
  /** It asks the registry for each request. */
  readonly asks: boolean;
  readonly dns: boolean;
  readonly dnsTtlUs: number;
  readonly calls: number;
  readonly parallel: boolean;
  readonly waits: boolean;
  readonly failureFails: boolean;
  readonly timeoutUs: number;
  readonly retries: number;
  /** A call that is tried again goes to the next address of the answer; else to whoever's turn it is. */
  readonly goesOn: boolean;
}

/** One for all who call nobody: most of a fleet's containers. */
const nothing: readonly PlanStep[] = [];

export function planOf(links: readonly LinkConfig[]): readonly PlanStep[] {
  const calls = links.filter((link) => link.role === "call" || link.role === "discover");
  if (calls.length === 0) return nothing;
  return calls.map((link) => {
    const settings = link.settings as Record<string, unknown>;
    return {
      link,
      row: link.row,
      from: link.from,
      to: link.to,
      latencyUs: link.latencyUs,
      discovers: link.role === "discover",
      asks: settings["reads"] === "request",
      dns: settings["finds"] === "dns",
      dnsTtlUs: Math.round(((settings["dnsTtlMs"] as number | undefined) ?? 0) * 1000),
      // A whole number; told so, V8 keeps it in the step itself and not in a box of its own (measured: the fleet 1.03 times as fast).
      calls: (settings["callsPerRequest"] as number) | 0,
      parallel: settings["order"] === "parallel",
      waits: settings["waits"] as boolean,
      failureFails: settings["failureFails"] as boolean,
      timeoutUs: Math.round((settings["timeoutMs"] as number) * 1000),
      retries: settings["retries"] as number,
      goesOn: settings["algorithm"] === "first-of-answer",
    };
  });
}

interface Parts {
  readonly kernel: Kernel;
  readonly entities: Entities;
  readonly addresses: Addresses;
  readonly links: Links;
  readonly journal: Journal;
  readonly network: Network;
  readonly tasks: Tasks;
  readonly upstreams: Upstreams;
  world(): World;
}

/** What a finished plan means is its owner's affair; `how` is how the call ended that failed it, if one did. */
type Finished = (task: number, status: number, how: Ending) => void;

/**
 * Carries out what a caller does for each request: the calls on its links, one after another or at once, waited
 * for or not, tried again or not. A client's request and a service's task are the same thing here.
 */
export class Calling {
  private readonly parts: Parts;
  private plans: (readonly PlanStep[])[] = [];
  private stepOfLink: (PlanStep | undefined)[] = [];
  private readonly finished: Finished;

  /** Asks a registry who is there; `resume` is called when that is known. */
  readonly ask: (link: LinkConfig, task: number, attempt: number, ordinal: number) => void;

  constructor(parts: Parts, finished: Finished, ask: Calling["ask"]) {
    this.parts = parts;
    this.finished = finished;
    this.ask = ask;
  }

  /** The plans of a new world. */
  learn(world: World): void {
    this.plans = Array.from(world.nodes, (node) => (node === undefined ? nothing : planOf(node.links)));
    this.stepOfLink = [];
    for (const plan of this.plans) for (const step of plan) this.stepOfLink[step.row] = step;
  }

  planOf(entity: number): readonly PlanStep[] {
    return this.plans[entity] ?? [];
  }

  /** Begins the plan of a task's entity; may finish it at once. */
  begin(task: number): void {
    this.parts.tasks.table.state[task] = taskState.calling;
    this.advance(task);
  }

  private advance(task: number): void {
    const { table } = this.parts.tasks;
    const plan = this.plans[table.entity[task]!]!;
    const generation = table.generation[task];
    while (table.pending[task] === 0) {
      const step = plan[table.step[task]!];
      if (step === undefined) return this.finished(task, 200, ending.answered);
      if (table.done[task]! >= step.calls) {
        table.step[task]!++;
        table.done[task] = 0;
        continue;
      }
      if (step.parallel) this.issueTogether(task, plan);
      else this.place(task, step, 0, table.done[task]!++);
      if (table.generation[task] !== generation) return;
    }
  }

  /** All calls of this link, and of the links after it that are made at once too. */
  private issueTogether(task: number, plan: readonly PlanStep[]): void {
    const { table } = this.parts.tasks;
    const generation = table.generation[task];
    // Held open, so that a call that fails on the spot does not finish the step under our feet.
    table.pending[task]!++;
    for (let step = plan[table.step[task]!]; step?.parallel === true; step = plan[table.step[task]!]) {
      while (table.done[task]! < step.calls) {
        this.place(task, step, 0, table.done[task]!++);
        if (table.generation[task] !== generation) return;
      }
      table.step[task]!++;
      table.done[task] = 0;
    }
    table.pending[task]!--;
  }

  /** Makes one attempt at one call, once it is known who is there. */
  private place(task: number, step: PlanStep, attempt: number, ordinal: number, avoid = -1): void {
    if (!step.asks) return this.placeNow(task, step, attempt, ordinal, avoid);
    this.parts.tasks.table.pending[task]!++;
    this.ask(step.link, task, attempt, ordinal);
  }

  /** The registry has answered a question (or has not) that a call waits for. */
  resume(link: number, task: number, generation: number, attempt: number, ordinal: number, well: boolean): void {
    const { table } = this.parts.tasks;
    if (table.generation[task] !== generation) return;
    table.pending[task]!--;
    const step = this.stepOfLink[link];
    if (step !== undefined) {
      if (well) this.placeNow(task, step, attempt, ordinal, -1);
      else this.nowhere(task, step);
    }
    if (table.generation[task] === generation) this.advance(task);
  }

  /** @param avoid the target on which it has just failed, where it is to go to another; else −1 */
  private placeNow(task: number, step: PlanStep, attempt: number, ordinal: number, avoid: number): void {
    const { tasks, network, upstreams, links } = this.parts;
    const { table } = tasks;
    const caller = table.entity[task]!;
    let target = -1;
    let address: number;
    if (step.discovers) {
      target = upstreams.pick(links.upstream[step.row]! - 1, avoid);
      address = target < 0 ? -1 : upstreams.table.address[target]!;
    } else address = this.find(step);
    if (address < 0) return this.nowhere(task, step);
    if (step.waits) table.pending[task]!++;
    const link = step.discovers ? -1 : step.row;
    const client = table.client[task]!;
    const number = table.number[task]!;
    const call = network.send(
      caller,
      step.waits ? task : -1,
      address,
      link,
      target,
      step.latencyUs,
      step.timeoutUs,
      0,
      client,
      number,
      attempt,
    );
    network.calls.ordinal[call] = ordinal;
    network.calls.waited[call] = step.row;
    if (step.waits) tasks.track(task, call);
    if (target >= 0) upstreams.taken(target);
  }

  /** There is no address to call: no target, or a name that has no answer. */
  private nowhere(task: number, step: PlanStep): void {
    const { table } = this.parts.tasks;
    const caller = table.entity[task]!;
    const { journal } = this.parts;
    journal.write(whatNumber["no-target"], caller, step.discovers ? -1 : step.to, table.client[task]!, table.number[task]!, 0, 0);
    if (step.waits && step.failureFails) this.finished(task, 503, ending.answered);
  }

  /** The address by which the caller goes: fixed, or from DNS. −1: none. */
  private find(step: PlanStep): number {
    const { links, entities } = this.parts;
    const link = step.row;
    const current = entities.address[step.to]! - 1;
    if (step.dns) this.resolve(step, current);
    else if (links.address[link] === 0 && current >= 0) links.address[link] = current + 1;
    const address = (step.dns ? links.dnsAddress[link]! : links.address[link]!) - 1;
    if (address >= 0 && address !== current) this.tellStale(step);
    return address;
  }

  /** Asks the name server again if its answer may no longer be used. */
  private resolve(step: PlanStep, current: number): void {
    const { links, kernel, journal } = this.parts;
    if (kernel.nowUs < links.dnsUntilUs[step.row]!) return;
    const before = links.dnsAddress[step.row]!;
    links.dnsAddress[step.row] = current + 1;
    links.dnsUntilUs[step.row] = kernel.nowUs + step.dnsTtlUs;
    if (before !== 0 && current >= 0 && before !== current + 1) journal.write(whatNumber.resolved, step.from, step.to, -1, 0, 0, 0);
  }

  /** Says, once for each incarnation, that a caller goes to an address that its target has left. */
  private tellStale({ row, from, to }: PlanStep): void {
    const { links, entities, journal, kernel } = this.parts;
    const incarnation = entities.incarnation[to]!;
    if (entities.address[to] === 0 || links.staleTold[row] === incarnation) return;
    links.staleTold[row] = incarnation;
    const cause = kernel.cause;
    if (entities.lastLife[to]! > 0) kernel.cause = entities.lastLife[to]! - 1;
    journal.write(whatNumber.stale, from, to, -1, 0, 0, 0);
    kernel.cause = cause;
  }

  /** A call of a plan has ended. */
  ended(call: number, how: Ending): void {
    const { network, tasks, upstreams } = this.parts;
    const { calls } = network;
    const task = calls.task[call]! - 1;
    const caller = calls.caller[call]!;
    const address = calls.address[call]!;
    const status = how === ending.answered ? calls.status[call]! : 0;
    const good = how === ending.answered && status < 500;
    const client = calls.client[call]!;
    const number = calls.number[call]!;
    network.write(endingRow[how], caller, address, client, number, status);
    if (calls.target[call]! >= 0) upstreams.released(calls.target[call]!, good);
    if (task < 0) return;
    const waited = calls.waited[call]!;
    const attempt = calls.attempt[call]!;
    const target = calls.target[call]!;
    const ordinal = calls.ordinal[call]!;
    tasks.untrack(task, call);
    network.close(call);
    const { table } = tasks;
    table.pending[task]!--;
    const step = good ? undefined : this.stepOfLink[waited];
    if (step === undefined) return this.advance(task);
    if (attempt < step.retries) {
      network.write(whatNumber.retried, caller, address, client, number, attempt + 1);
      const generation = table.generation[task];
      this.place(task, step, attempt + 1, ordinal, step.goesOn ? target : -1);
      if (table.generation[task] === generation) this.advance(task);
    } else if (step.failureFails) this.finished(task, status >= 500 ? status : gaveUp(how) ? 504 : 502, how);
    else this.advance(task);
  }
}

/** Whether it was the caller who would wait no longer. */
export const gaveUp = (how: Ending): boolean => how === ending.timedOut || how === ending.connectTimedOut;

/** The row that says how a call ended for its caller. */
export const endingRow: readonly number[] = [
  whatNumber.got,
  whatNumber.refused,
  whatNumber.reset,
  whatNumber["connect-timed-out"],
  whatNumber["call-timed-out"],
];
