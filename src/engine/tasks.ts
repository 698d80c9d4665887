import { makeInterleaved, placesOf } from "./kernel/interleaved.ts";
import type { Kernel } from "./kernel/kernel.ts";
import type { Entities } from "./entities.ts";
import type { Network } from "./network.ts";
import { Lanes } from "./kernel/lanes.ts";
import { code } from "./protocol.ts";

/** `arrived`: it is there, and holds no place at work yet. `computing`: it works, and needs a processor for that. */
export const taskState = { none: 0, queued: 1, working: 2, calling: 3, forwarding: 4, waiting: 5, arrived: 6, computing: 7 } as const;

const columns = {
  state: "i32",
  generation: "i32",
  entity: "i32",
  /** The call that asked for it (row + 1); 0: a request that this client issued. */
  incoming: "i32",
  incomingGeneration: "i32",
  client: "i32",
  number: "i32",
  beganUs: "f64",
  /** Neighbours among the entity's tasks, and in its queue. */
  next: "i32",
  previous: "i32",
  queueNext: "i32",
  /** Head of the calls that it waits for. */
  calls: "i32",
  /** Work still to do at full speed, and since when it is being done; of what computes, as `processors.ts` says. */
  remainingUs: "f64",
  workingSinceUs: "f64",
  /** Where it stands in its plan of calls. */
  step: "i32",
  done: "i32",
  pending: "i32",
  attempt: "i32",
  target: "i32",
} as const;
const at = placesOf(columns);

/**
 * What a thing has in hand: a request that a client issued, a request that a service works on, one that a
 * balancer passes on. A task holds the calls that it waits for, and closes them when it ends.
 */
export class Tasks {
  readonly table = makeInterleaved(columns);
  /** The deadlines of clients' requests, and of requests that wait at a balancer. */
  readonly deadlines: Lanes;
  private readonly kernel: Kernel;
  private readonly entities: Entities;
  private readonly network: Network;
  /** Called when a task's deadline has passed. */
  onDeadline: (task: number) => void = () => {};
  /** Called for each chosen target whose answer nobody waits for any more. */
  onAbandoned: (target: number) => void = () => {};

  constructor(kernel: Kernel, entities: Entities, network: Network) {
    this.kernel = kernel;
    this.entities = entities;
    this.network = network;
    this.deadlines = new Lanes(kernel, code.requestTimeout, (task) => this.onDeadline(task), this.table.stride);
  }

  /** Begins a task for a call (or, with −1, for a request of the entity's own). */
  open(entity: number, incoming: number, client: number, number: number): number {
    const { table, entities } = this;
    const task = table.add();
    const { words } = table;
    words[task + at.state] = taskState.arrived;
    words[task + at.entity] = entity;
    words[task + at.incoming] = incoming + 1;
    words[task + at.incomingGeneration] = incoming < 0 ? 0 : this.network.calls.generation[incoming]!;
    words[task + at.client] = client;
    words[task + at.number] = number;
    table.beganUs[task] = this.kernel.nowUs;
    words[task + at.calls] = 0;
    words[task + at.queueNext] = 0;
    words[task + at.step] = 0;
    words[task + at.done] = 0;
    words[task + at.pending] = 0;
    words[task + at.attempt] = 0;
    words[task + at.target] = 0;
    const head = entities.tasks[entity]!;
    words[task + at.next] = head;
    words[task + at.previous] = 0;
    if (head !== 0) table.previous[head - 1] = task + 1;
    entities.tasks[entity] = task + 1;
    entities.inFlight[entity]!++;
    return task;
  }

  /** Whether whoever asked still waits for the answer. */
  isWanted(task: number): boolean {
    const incoming = this.table.incoming[task]! - 1;
    return incoming < 0 || this.network.calls.generation[incoming] === this.table.incomingGeneration[task];
  }

  /** The task that a call was taken for, though its caller has closed it; −1: it has ended. */
  ofClosed(call: number): number {
    const { table, network } = this;
    const task = network.calls.calleeTask[call]! - 1;
    const isOfIt = task >= 0 && table.state[task] !== taskState.none && table.incoming[task] === call + 1;
    return isOfIt && table.incomingGeneration[task] === network.calls.generation[call]! - 1 ? task : -1;
  }

  /** Ends a task: its calls are closed, and whatever still comes for it is void. */
  close(task: number): void {
    const { table, entities } = this;
    if (table.calls[task] !== 0) this.closeCalls(task);
    this.deadlines.stop(task);
    const entity = table.entity[task]!;
    const next = table.next[task]!;
    const previous = table.previous[task]!;
    if (previous === 0) entities.tasks[entity] = next;
    else table.next[previous - 1] = next;
    if (next !== 0) table.previous[next - 1] = previous;
    entities.inFlight[entity]!--;
    table.state[task] = taskState.none;
    table.generation[task]!++;
    table.drop(task);
  }

  private closeCalls(task: number): void {
    const { table } = this;
    for (let call = table.calls[task]! - 1; call >= 0; call = table.calls[task]! - 1) {
      const target = this.network.calls.target[call]!;
      this.untrack(task, call);
      this.network.close(call);
      if (target >= 0) this.onAbandoned(target);
    }
  }

  track(task: number, call: number): void {
    const { calls } = this.network;
    const head = this.table.calls[task]!;
    calls.next[call] = head;
    calls.previous[call] = 0;
    if (head !== 0) calls.previous[head - 1] = call + 1;
    this.table.calls[task] = call + 1;
  }

  untrack(task: number, call: number): void {
    const { calls } = this.network;
    const next = calls.next[call]!;
    const previous = calls.previous[call]!;
    if (previous === 0) this.table.calls[task] = next;
    else calls.next[previous - 1] = next;
    if (next !== 0) calls.previous[next - 1] = previous;
  }

  /** Of an entity's tasks that wait for their next attempt none remembers any more that it was sent to this target. */
  forgetTarget(entity: number, target: number): void {
    const { table } = this;
    for (let task = this.entities.tasks[entity]! - 1; task >= 0; task = table.next[task]! - 1)
      if (table.target[task] === target + 1) table.target[task] = 0;
  }

  /** Puts a task at the end of its entity's queue. */
  enqueue(task: number): void {
    const { table, entities } = this;
    const entity = table.entity[task]!;
    table.state[task] = taskState.queued;
    table.queueNext[task] = 0;
    const tail = entities.queueTail[entity]!;
    if (tail === 0) entities.queueHead[entity] = task + 1;
    else table.queueNext[tail - 1] = task + 1;
    entities.queueTail[entity] = task + 1;
    entities.queueCount[entity]!++;
  }

  /** Takes the first of the queue; −1 if it is empty. */
  dequeue(entity: number): number {
    const { table, entities } = this;
    const task = entities.queueHead[entity]! - 1;
    if (task < 0) return -1;
    entities.queueHead[entity] = table.queueNext[task]!;
    if (entities.queueHead[entity] === 0) entities.queueTail[entity] = 0;
    entities.queueCount[entity]!--;
    return task;
  }

  /** Takes a task out of the midst of its queue. */
  leaveQueue(task: number): void {
    const { table, entities } = this;
    const entity = table.entity[task]!;
    let previous = -1;
    for (let other = entities.queueHead[entity]! - 1; other !== task; other = table.queueNext[other]! - 1) previous = other;
    const next = table.queueNext[task]!;
    if (previous < 0) entities.queueHead[entity] = next;
    else table.queueNext[previous] = next;
    if (next === 0) entities.queueTail[entity] = previous + 1;
    entities.queueCount[entity]!--;
  }

  /** Requests that clients have issued and that have not ended: rows that live, not a difference. */
  issuedAndLive(): number {
    const { table } = this;
    let live = 0;
    for (let task = 0; task < table.length; task += table.stride)
      if (table.state[task] !== taskState.none && table.incoming[task] === 0) live++;
    return live;
  }

  /** Ends all that an entity has in hand, saying nothing to anybody. */
  closeAll(entity: number): void {
    const { entities } = this;
    entities.queueHead[entity] = 0;
    entities.queueTail[entity] = 0;
    entities.queueCount[entity] = 0;
    entities.busy[entity] = 0;
    for (let task = entities.tasks[entity]! - 1; task >= 0; task = entities.tasks[entity]! - 1) this.close(task);
    this.network.closeUnawaited(entity);
  }
}
