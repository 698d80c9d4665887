import { code } from "./protocol.ts";
import { presence, type Addresses, type Entities } from "./entities.ts";
import type { Feed } from "./feed.ts";
import { whatNumber, type Journal } from "./journal.ts";
import { priority, type Kernel } from "./kernel/kernel.ts";
import { Lanes } from "./kernel/lanes.ts";
import { makeInterleaved, placesOf } from "./kernel/interleaved.ts";
import { hop } from "./feed.ts";
import { wireCut, type Links } from "./links.ts";

/** How a call ended, for its caller. */
/** As a call's `serverTimeoutUs`: it waits for its answer however long that takes. */
export const endless = 0xffff_ffff;

export const ending = { answered: 0, refused: 1, reset: 2, connectTimedOut: 3, timedOut: 4 } as const;
export type Ending = (typeof ending)[keyof typeof ending];

/** `leaving`: its caller has closed it, and that is on its way to whoever had taken it. */
const callState = { closed: 0, sent: 1, accepted: 2, answered: 3, leaving: 4 } as const;

/** One row a call: one attempt by one caller. Closing it makes whatever is still on its way void. */
const columns = {
  state: "i32",
  ending: "i32",
  generation: "i32",
  caller: "i32",
  /** The task it is made for (row + 1), and the next and previous call of that task. */
  task: "i32",
  next: "i32",
  previous: "i32",
  address: "i32",
  /** Who took it (row + 1), the task there (row + 1), and its neighbours in that thing's inbound list. */
  callee: "i32",
  calleeTask: "i32",
  inNext: "i32",
  inPrevious: "i32",
  link: "i32",
  target: "i32",
  attempt: "i32",
  ordinal: "i32",
  /** The drawn link it belongs to, also where it takes a discovered route. */
  waited: "i32",
  /** It ended while its caller hung: the caller learns of it when it wakes. */
  parked: "i32",
  latencyUs: "i32",
  /** An hour at most, so it has its place beside the others: a call has no double, which would lie in a cache line of its own. */
  serverTimeoutUs: "u32",
  status: "i32",
  client: "i32",
  number: "i32",
} as const;
const at = placesOf(columns);

export function makeCalls() {
  return makeInterleaved(columns);
}

/** What the network needs of the kinds. */
export interface NetworkUsers {
  /** A call has reached an open (or hung) thing. */
  accept(entity: number, call: number): void;
  /** A call has ended for its caller; the row is still whole and is closed right after. */
  ended(caller: number, call: number, how: Ending): void;
  /** Nobody waits any more for the answer of a chosen target. */
  abandoned(target: number): void;
  /** Whether whoever takes calls there looks after callers that wait no longer; and that one has closed a call which it had taken. */
  heeds(entity: number): boolean;
  callerLeft(entity: number, call: number): void;
  /** Who has the address of a thing there where `from` is, in another piece of the network than its holder; −1: nobody. */
  standIn(owner: number, from: number): number;
}

/**
 * Addresses, calls and presence: the only way from one thing to another. A message is (code, to, first, second)
 * in the queue; a call's content is its row.
 */
export class Network {
  readonly calls = makeCalls();
  readonly timeouts: Lanes;
  private readonly kernel: Kernel;
  private readonly entities: Entities;
  readonly addresses: Addresses;
  private readonly links: Links;
  private readonly journal: Journal;
  private readonly feed: Feed;
  private users!: NetworkUsers;

  constructor(kernel: Kernel, entities: Entities, addresses: Addresses, links: Links, journal: Journal, feed: Feed) {
    this.kernel = kernel;
    this.entities = entities;
    this.addresses = addresses;
    this.links = links;
    this.journal = journal;
    this.feed = feed;
    this.timeouts = new Lanes(kernel, code.callTimeout, (call) => this.timedOut(call), this.calls.stride);
    kernel.on(code.request, (address, call, generation) => this.arrive(address, call, generation));
    kernel.on(code.response, (caller, call, generation) => this.comeBack(caller, call, generation));
    kernel.on(code.hangUp, (callee, call) => this.leave(callee, call));
  }

  use(users: NetworkUsers): void {
    this.users = users;
  }

  /** Whether two things can speak over a link: its wire is whole both ways, and they are in one piece of the network. */
  connects(link: number, one: number, other: number): boolean {
    return this.links.cut[link] === 0 && this.entities.island[one] === this.entities.island[other];
  }

  /** Who answers at an address: its holder, where a virtual one has moved, else the thing that it was given to. */
  private at(address: number): number {
    const holder = this.addresses.holder[address]!;
    return holder > 0 ? holder - 1 : this.addresses.owner[address]!;
  }

  /** Whom a message from `from` reaches at an address that is held; −1: nobody, the network lies in pieces. */
  private reached(address: number, from: number): number {
    const { entities, addresses } = this;
    const holder = addresses.holder[address]! - 1;
    if (entities.island[holder] === entities.island[from]) return holder;
    return this.users.standIn(addresses.owner[address]!, from);
  }

  /** How a thing at an address meets what comes from `from`; −1 stands for nobody being asked about the way. */
  meets(address: number, from: number): number {
    const { addresses, entities } = this;
    if (addresses.holder[address]! > 0) {
      const reached = this.reached(address, from);
      return reached < 0 ? presence.silent : entities.effective[reached]!;
    }
    const machine = addresses.machine[address]! - 1;
    if (machine < 0) return presence.silent;
    const reachable = entities.inDocument[machine] === 1 && entities.effective[machine] === presence.open;
    return reachable && entities.island[machine] === entities.island[from] ? presence.refuse : presence.silent;
  }

  /**
   * Opens a call and sends it. `link` −1: a discovered route. `connectTimeoutUs` runs until somebody takes the
   * call, then `serverTimeoutUs` until the answer; 0 for the latter: the first covers all; `endless`: there is no end to it.
   */
  send(
    caller: number,
    task: number,
    address: number,
    link: number,
    target: number,
    latencyUs: number,
    connectTimeoutUs: number,
    serverTimeoutUs: number,
    client: number,
    number: number,
    attempt: number,
  ): number {
    const { calls, kernel } = this;
    const call = calls.add();
    const { words } = calls;
    words[call + at.state] = callState.sent;
    words[call + at.caller] = caller;
    words[call + at.task] = task + 1;
    words[call + at.address] = address;
    words[call + at.callee] = 0;
    words[call + at.calleeTask] = 0;
    words[call + at.link] = link;
    words[call + at.target] = target;
    words[call + at.attempt] = attempt;
    words[call + at.ordinal] = 0;
    words[call + at.waited] = link;
    words[call + at.parked] = 0;
    words[call + at.latencyUs] = latencyUs;
    words[call + at.serverTimeoutUs] = serverTimeoutUs;
    words[call + at.client] = client;
    words[call + at.number] = number;
    this.write(whatNumber.sent, caller, address, client, number, attempt);
    kernel.after(latencyUs, priority.arrival, code.request, address, call, calls.generation[call]!);
    this.timeouts.start(call, connectTimeoutUs);
    if (this.feed.on) this.draw(caller, this.seenAt(address, caller), address, latencyUs, link, hop.request, client, number);
    return call;
  }

  /** Where a message to an address goes: to whom it reaches, else to where it would. */
  seenAt(address: number, from: number): number {
    const reached = this.addresses.holder[address]! > 0 ? this.reached(address, from) : -1;
    return reached < 0 ? this.at(address) : reached;
  }

  /** A link leads to the thing that was drawn: to whoever else has its address, messages find a way of their own. */
  draw(from: number, to: number, address: number, latencyUs: number, link: number, kind: number, client: number, number: number): void {
    const { nowUs } = this.kernel;
    const owner = this.addresses.owner[address]!;
    const isDrawn = from === owner || to === owner;
    this.feed.hop(nowUs, nowUs + latencyUs, from, to, isDrawn ? link : -1, kind, client, number);
  }

  /** A row about a call to an address: it speaks of the incarnation whose address that is, which may be a former one. */
  write(what: number, caller: number, address: number, client: number, number: number, a: number): void {
    const { addresses, entities, journal } = this;
    if (journal.passesOver(what)) return;
    const owner = addresses.owner[address]!;
    const incarnation = addresses.incarnation[address]!;
    journal.write(what, caller, owner, client, number, a, 0);
    if (entities.incarnation[owner] !== incarnation) journal.ofIncarnation(incarnation);
  }

  private arrive(address: number, call: number, generation: number): void {
    const { calls, entities } = this;
    if (calls.generation[call] !== generation) return;
    const caller = calls.caller[call]!;
    const link = calls.link[call]!;
    // Each call opens a connection of its own, and that takes words both ways: what accepts it is as lost as what asks for it (recorded: own_nginx_cuts.json).
    const meeting = link >= 0 && this.links.cut[link] !== 0 ? presence.silent : this.meets(address, caller);
    if (meeting === presence.silent) {
      if (this.feed.on) this.feed.mark("lost", this.seenAt(address, caller), calls.client[call]!, calls.number[call]!, caller);
      return;
    }
    if (meeting === presence.refuse) return this.turnBack(call, ending.refused);
    const holder = this.reached(address, caller);
    calls.state[call] = callState.accepted;
    calls.callee[call] = holder + 1;
    const head = entities.inbound[holder]!;
    calls.inNext[call] = head;
    calls.inPrevious[call] = 0;
    if (head !== 0) calls.inPrevious[head - 1] = call + 1;
    entities.inbound[holder] = call + 1;
    if (calls.serverTimeoutUs[call] === endless) this.timeouts.stop(call);
    else if (calls.serverTimeoutUs[call]! > 0) this.timeouts.start(call, calls.serverTimeoutUs[call]! + calls.latencyUs[call]!);
    this.users.accept(holder, call);
  }

  /** The callee answers; the answer is on its way and the callee has done with the call. */
  answer(call: number, status: number): void {
    const { calls } = this;
    const from = calls.callee[call]! - 1;
    this.leaveInbound(call);
    calls.state[call] = callState.answered;
    calls.status[call] = status;
    calls.ending[call] = ending.answered;
    this.sendBack(call, from, status >= 500 ? hop.error : hop.answer);
  }

  /** Refuses or resets a call: what comes back is no answer. */
  turnBack(call: number, how: Ending): void {
    const { calls } = this;
    const from = calls.callee[call]! - 1;
    if (calls.state[call] === callState.accepted) this.leaveInbound(call);
    calls.state[call] = callState.answered;
    calls.ending[call] = how;
    const last = this.lastWord(calls.address[call]!, -1);
    if (last > 0) this.kernel.cause = last - 1;
    this.sendBack(call, from, hop.refusal);
  }

  /** `from`: who had taken it; −1: nobody had. */
  private sendBack(call: number, from: number, kind: number): void {
    const { calls, kernel } = this;
    const caller = calls.caller[call]!;
    const latencyUs = calls.latencyUs[call]!;
    kernel.after(latencyUs, priority.completion, code.response, caller, call, calls.generation[call]!);
    if (!this.feed.on) return;
    const address = calls.address[call]!;
    const seen = from < 0 ? this.seenAt(address, caller) : from;
    this.draw(seen, caller, address, latencyUs, calls.link[call]!, kind, calls.client[call]!, calls.number[call]!);
  }

  private comeBack(caller: number, call: number, generation: number): void {
    const { calls, entities } = this;
    if (calls.generation[call] !== generation) return;
    const link = calls.link[call]!;
    if (entities.effective[caller] === presence.silent) return;
    if (link >= 0 && (this.links.cut[link]! & wireCut.back) !== 0) return;
    if (!this.mayComeBack(calls.address[call]!, caller)) return;
    this.finish(call, calls.ending[call] as Ending);
  }

  /** Whether whoever answers at an address is in one piece of the network with the caller; of what is no more, the last words still come. */
  private mayComeBack(address: number, caller: number): boolean {
    const { entities, addresses } = this;
    if (addresses.holder[address]! > 0) return this.reached(address, caller) >= 0;
    const owner = addresses.owner[address]!;
    return entities.island[owner] === entities.island[caller] || entities.inDocument[owner] === 0;
  }

  /**
   * What explains silence at an address: the cut of the wire, else the last that was heard of the one that keeps silent
   * (row + 1). That is the incarnation that had the address, whatever has become of its successor since.
   */
  lastWord(address: number, link: number): number {
    const { addresses, links, entities } = this;
    if (link >= 0 && links.cut[link] !== 0) return links.lastLife[link]!;
    const left = addresses.holder[address] === 0 ? addresses.lastLife[address]! : 0;
    return left > 0 ? left : entities.lastLife[this.at(address)]!;
  }

  private timedOut(call: number): void {
    const { calls } = this;
    const last = this.lastWord(calls.address[call]!, calls.link[call]!);
    if (last > 0) this.kernel.cause = last - 1;
    this.finish(call, calls.state[call] === callState.sent ? ending.connectTimedOut : ending.timedOut);
  }

  private finish(call: number, how: Ending): void {
    if (this.entities.presence[this.calls.caller[call]!] === presence.hung && this.calls.task[call] !== 0) return this.park(call, how);
    const generation = this.calls.generation[call]!;
    this.users.ended(this.calls.caller[call]!, call, how);
    if (this.calls.generation[call] === generation) this.close(call);
  }

  private park(call: number, how: Ending): void {
    const { calls } = this;
    if (calls.state[call] === callState.accepted) this.leaveInbound(call);
    calls.state[call] = callState.answered;
    calls.ending[call] = how;
    calls.parked[call] = 1;
    this.timeouts.stop(call);
  }

  /** The thing is awake again: it learns how its calls have ended meanwhile. */
  unpark(entity: number, tasks: { readonly table: { readonly next: Int32Array; readonly calls: Int32Array } }): void {
    const parked: [call: number, generation: number][] = [];
    for (let task = this.entities.tasks[entity]! - 1; task >= 0; task = tasks.table.next[task]! - 1) {
      for (let call = tasks.table.calls[task]! - 1; call >= 0; call = this.calls.next[call]! - 1) {
        if (this.calls.parked[call] === 1) parked.push([call, this.calls.generation[call]!]);
      }
    }
    for (const [call, generation] of parked)
      if (this.calls.generation[call] === generation) this.finish(call, this.calls.ending[call] as Ending);
  }

  /** Closes a call from its caller's side: late messages are void, and the callee forgets it. */
  close(call: number): void {
    const { calls, kernel } = this;
    const state = calls.state[call]!;
    if (state === callState.closed || state === callState.leaving) return;
    const callee = state === callState.accepted ? calls.callee[call]! - 1 : -1;
    if (callee >= 0) this.leaveInbound(call);
    calls.state[call] = callState.closed;
    calls.generation[call]!++;
    this.timeouts.stop(call);
    if (callee < 0 || !this.users.heeds(callee)) return calls.drop(call);
    calls.state[call] = callState.leaving;
    calls.task[call] = 0;
    calls.target[call] = -1;
    kernel.after(calls.latencyUs[call]!, priority.arrival, code.hangUp, callee, call, 0);
  }

  /** The closing of a connection has come to where its call had been taken, if there is a way. */
  private leave(callee: number, call: number): void {
    const { calls, entities, addresses } = this;
    const caller = calls.caller[call]!;
    const link = calls.link[call]!;
    const address = calls.address[call]!;
    const isCut = link >= 0 && (this.links.cut[link]! & wireCut.there) !== 0;
    const isThere = addresses.holder[address]! > 0 && this.reached(address, caller) === callee;
    if (!isCut && isThere && entities.effective[caller] !== presence.silent) this.users.callerLeft(callee, call);
    calls.state[call] = callState.closed;
    calls.drop(call);
  }

  /** Closes what a thing that is gone has sent off without waiting for it: whoever comes after it gets no answer of its. */
  closeUnawaited(caller: number): void {
    const { calls } = this;
    for (let call = 0; call < calls.length; call += calls.stride) {
      if (calls.state[call] === callState.closed || calls.caller[call] !== caller || calls.task[call] !== 0) continue;
      const target = calls.target[call]!;
      this.close(call);
      if (target >= 0) this.users.abandoned(target);
    }
  }

  private leaveInbound(call: number): void {
    const { calls, entities } = this;
    const callee = calls.callee[call]! - 1;
    if (callee < 0) return;
    const next = calls.inNext[call]!;
    const previous = calls.inPrevious[call]!;
    if (previous === 0) entities.inbound[callee] = next;
    else calls.inNext[previous - 1] = next;
    if (next !== 0) calls.inPrevious[next - 1] = previous;
    calls.callee[call] = 0;
  }

  /** The thing has stopped listening: whoever waits for its answer is told so. */
  resetInbound(entity: number): void {
    for (let call = this.entities.inbound[entity]! - 1; call >= 0; call = this.entities.inbound[entity]! - 1)
      this.turnBack(call, ending.reset);
  }

  /** The thing has fallen silent: its callers are not told, and find out by themselves. */
  forgetInbound(entity: number): void {
    for (let call = this.entities.inbound[entity]! - 1; call >= 0; call = this.entities.inbound[entity]! - 1) this.leaveInbound(call);
  }
}
