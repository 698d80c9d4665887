import { presence } from "../../engine/entities.ts";
import type { Run } from "../../engine/run.ts";
import type { Simulation } from "../../engine/simulation.ts";
import { taskState } from "../../engine/tasks.ts";

/** Tests may look behind the curtain: what of the engine's rows is amiss right now, in words. */
export function amiss(simulation: Simulation): string[] {
  const run = runOf(simulation);
  return [
    ...countersAmiss(simulation),
    ...entitiesAmiss(run),
    ...callsAmiss(run),
    ...targetsAmiss(run),
    ...memoryAmiss(run),
    ...addressesAmiss(run),
    ...handedOutTwice(run),
  ];
}

export function runOf(simulation: Simulation): Run {
  return (simulation as unknown as { run: Run }).run;
}

/** Issued = served + failed + timed out + in flight, where what is in flight is counted, not subtracted. */
function countersAmiss(simulation: Simulation): string[] {
  const { issued, served, failed, timedOut, inFlight } = simulation.counters();
  const isWhole = issued === served + failed + timedOut + inFlight;
  return isWhole ? [] : [`issued ${issued} ≠ served ${served} + failed ${failed} + timed out ${timedOut} + in flight ${inFlight}`];
}

interface Task {
  readonly row: number;
  readonly state: number;
}

export function tasksOf({ entities, tasks }: Run, entity: number): Task[] {
  const found: Task[] = [];
  for (let row = entities.tasks[entity]! - 1; row >= 0; row = tasks.table.next[row]! - 1)
    found.push({ row, state: tasks.table.state[row]! });
  return found;
}

const atWorkStates: readonly number[] = [taskState.working, taskState.computing, taskState.calling];

function entitiesAmiss(run: Run): string[] {
  const { entities, world } = run;
  const found: string[] = [];
  let held = 0;
  for (let row = 0; row < entities.length; row++) {
    const name = world.nodeIds[row]!;
    const tasks = tasksOf(run, row);
    held += tasks.length;
    const queue = queueOf(run, row);
    if (tasks.length !== entities.inFlight[row]) found.push(`${name} holds ${tasks.length} tasks and says ${entities.inFlight[row]}`);
    if (queue.length !== entities.queueCount[row]) found.push(`${name} queues ${queue.length} and says ${entities.queueCount[row]}`);
    if (queue.some((task) => !tasks.some(({ row: other }) => other === task))) found.push(`${name} queues what it does not hold`);
    const atWork = tasks.filter(({ state }) => atWorkStates.includes(state)).length;
    if (entities.busy[row] !== 0 && entities.busy[row] !== atWork) found.push(`${name} works on ${atWork} and says ${entities.busy[row]}`);
    if (world.nodes[row] !== undefined) continue;
    if (tasks.length > 0 || entities.address[row] !== 0 || entities.inbound[row] !== 0)
      found.push(`${name} is gone, and still holds something`);
    if (entities.ownMb[row] !== 0) found.push(`${name} is gone, and still has memory`);
  }
  const live = liveRows(run.tasks.table);
  if (live !== held) found.push(`${live} tasks live, ${held} are held by somebody`);
  return found;
}

function queueOf({ entities, tasks }: Run, entity: number): number[] {
  const found: number[] = [];
  for (let row = entities.queueHead[entity]! - 1; row >= 0; row = tasks.table.queueNext[row]! - 1) found.push(row);
  return found;
}

/** Every call that is open is waited for by the task that made it, or runs by itself until its timeout. */
function callsAmiss(run: Run): string[] {
  const { network, tasks, entities, world } = run;
  const { calls } = network;
  const found: string[] = [];
  const tracked = new Set<number>();
  for (let task = 0; task < tasks.table.length; task += tasks.table.stride) {
    if (tasks.table.state[task] === taskState.none) continue;
    for (let call = tasks.table.calls[task]! - 1; call >= 0; call = calls.next[call]! - 1) {
      tracked.add(call);
      if (calls.state[call] === 0) found.push(`task ${task} waits for call ${call}, which is closed`);
      if (calls.task[call] !== task + 1) found.push(`task ${task} waits for call ${call} of task ${calls.task[call]! - 1}`);
    }
  }
  for (let call = 0; call < calls.length; call += calls.stride)
    if (calls.state[call] !== 0 && calls.task[call] !== 0 && !tracked.has(call)) found.push(`nobody waits for call ${call}`);
  for (let row = 0; row < entities.length; row++)
    for (let call = entities.inbound[row]! - 1; call >= 0; call = calls.inNext[call]! - 1)
      if (calls.callee[call] !== row + 1 || calls.state[call] !== 2)
        found.push(`${world.nodeIds[row]} has taken call ${call}, which is not so`);
  const open = openCalls(run);
  const live = liveRows(calls);
  return open === live ? found : [...found, `${open} calls are open and ${live} rows live`];
}

export function openCalls({ network: { calls } }: Run): number {
  let open = 0;
  for (let call = 0; call < calls.length; call += calls.stride) if (calls.state[call] !== 0) open++;
  return open;
}

/** Rows in use: made and not dropped. */
export function liveRows(table: { readonly length: number; readonly stride?: number; save(): unknown }): number {
  const { freed } = table.save() as { freed: { length: number } };
  return table.length / (table.stride ?? 1) - freed.length;
}

/** A target's connections are the open calls that were sent to it. */
function targetsAmiss({ upstreams, network, world }: Run): string[] {
  const { table } = upstreams;
  const { calls } = network;
  const open = new Map<number, number>();
  for (let call = 0; call < calls.length; call += calls.stride) {
    if (calls.state[call] === 0 || calls.target[call]! < 0) continue;
    open.set(calls.target[call]!, (open.get(calls.target[call]!) ?? 0) + 1);
  }
  const found: string[] = [];
  for (let target = 0; target < table.length; target++) {
    if (table.connections[target] === (open.get(target) ?? 0)) continue;
    found.push(
      `target ${world.nodeIds[table.entity[target]!]} says ${table.connections[target]} connections and has ${open.get(target) ?? 0}`,
    );
  }
  for (let set = 0; set < upstreams.sets.length; set++)
    for (const target of upstreams.membersOf(set))
      if (table.removed[target] === 1) found.push(`set ${set} holds a target that was removed`);
  return found;
}

/** What a machine has given away is what those in it have, and never more than there is when it is given. */
function memoryAmiss({ entities, world }: Run): string[] {
  return world.order.flatMap((row) => {
    const given = world.nodes[row]!.children.reduce((sum, child) => sum + entities.ownMb[child]!, 0);
    return given === entities.reservedMb[row] ? [] : [`${world.nodeIds[row]} has given ${given} MB and says ${entities.reservedMb[row]}`];
  });
}

/** No two things share an address, and who answers at an address is the incarnation that got it. */
function addressesAmiss(run: Run): string[] {
  const { entities, addresses, world } = run;
  const found: string[] = [];
  const seen = new Map<string, string>();
  for (const row of world.order) {
    const address = entities.address[row]! - 1;
    if (address < 0) {
      if (entities.effective[row] === presence.open && world.nodes[row]!.kind.accepts.length > 0)
        found.push(`${world.nodeIds[row]} listens nowhere`);
      continue;
    }
    const shown = run.addressing.show(address);
    if (seen.has(shown)) found.push(`${world.nodeIds[row]} and ${seen.get(shown)} are both at ${shown}`);
    seen.set(shown, world.nodeIds[row]!);
    if (addresses.holder[address] !== row + 1) found.push(`${world.nodeIds[row]} has an address at which another answers`);
  }
  for (let address = 0; address < addresses.length; address++) {
    const holder = addresses.holder[address]! - 1;
    if (holder < 0) continue;
    if (addresses.owner[address] !== holder || entities.address[holder] !== address + 1)
      found.push(`${run.addressing.show(address)} is held by a stranger`);
    if (addresses.incarnation[address] !== entities.incarnation[holder])
      found.push(`${run.addressing.show(address)} is of another incarnation than its holder`);
  }
  return found;
}

/**
 * An instance's address is never handed out again, so that nobody who still holds it in a cache reaches another. What is
 * installed on a machine answers at that machine's own (the first of its range), by port, and whoever takes the port next does.
 */
function handedOutTwice({ addresses, addressing }: Run): string[] {
  const given = new Map<string, number>();
  const found: string[] = [];
  for (let address = 0; address < addresses.length; address++) {
    if (addresses.serial[address] === 1) continue;
    const number = `${addresses.range[address]}.${addresses.serial[address]}`;
    if (given.has(number)) found.push(`${addressing.show(address)} was handed out twice`);
    given.set(number, address);
  }
  return found;
}
