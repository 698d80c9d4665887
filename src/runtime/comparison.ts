import type { Trial } from "../document/deployments.ts";
import type { NodeId, NodeRecord, Topology } from "../document/topology.ts";
import { ancestorsOf, withDescendants } from "../document/tree.ts";
import type { Engine, MakeEngine } from "./engine-port.ts";
import type { Blast, Compared, OperatorStep, Recovery } from "./protocol.ts";

/** Everything has settled by then. */
const settledUs = 5_000_000;
/** How often the operator looks, and when he gives up. */
const lookUs = 5_000;
const patienceUs = 600_000_000;
/** How long after its fault an instance's neighbours are watched, and how often. */
const aftermathUs = 15_000_000;
const watchUs = 50_000;
/** A machine that has too little memory for what begins on it says so at once. */
const crowdedUs = 500_000;

/** What happens to an instance: its process ends, it takes all memory, it kills what it sees, its kernel goes. */
const faults = ["crash", "eat-memory", "kill-all", "panic"] as const;
const recovered = ["crash", "panic"] as const;
/** What brings a dead thing back, the first that it offers; and what ends a live one, the most orderly first. */
const revivals = ["power-on", "restart", "recreate", "start"];
const endings = ["stop", "shut-down", "kill", "unplug"];

/** What must be set anew where two of the same would be in each other's way, by what is written of it. */
const remedies: Readonly<Record<string, string>> = { "port-taken": "port", "path-taken": "path" };

/** Measures one deployment: each figure by a run of its own, with the document's seed. */
export function compare(trial: Trial, make: MakeEngine): Compared {
  const { deployment, document } = trial;
  const settled = make({ document });
  settled.runUntil(settledUs);
  const { way, machine } = deployment;
  const steps = operatorSteps(trial, make);
  const instances = mostThatFit(trial, make);
  return {
    way,
    machine,
    cores: factOf(settled, machine, "cores"),
    memory: memoryOf(settled, document, machine),
    instances: instances * instancesIn(trial),
    inUnit: instancesIn(trial),
    isMore: instances > trial.copies.length,
    steps,
    startUs: startUs(trial, make),
    stop: stopUs(trial, settled.fork()),
    recoveries: recovered.map((fault) => recovery(trial, settled.fork(), fault)),
    blasts: faults.map((fault) => blast(trial, settled.fork(), fault)),
  };
}

// Memory.

function factOf(engine: Engine, id: NodeId, key: string): number {
  const value = engine.status(id)?.facts.find((fact) => fact.key === key)?.value;
  return typeof value === "number" ? value : 0;
}

function memoryOf(engine: Engine, document: Topology, machine: NodeId): Compared["memory"] {
  const total = factOf(engine, machine, "memory-total");
  const reserved = factOf(engine, machine, "memory-reserved");
  const all = withDescendants(document, [machine]).filter(({ id }) => id !== machine && isRunning(engine, id));
  const sum = (key: string) => all.reduce((megabytes, { id }) => megabytes + factOf(engine, id, key), 0);
  const guestOs = sum("guest-os");
  const applications = sum("memory-used");
  const runtime = all.reduce((megabytes, { id }) => megabytes + runtimeOf(engine, document, id), 0);
  return { total, guestOs, runtime, applications, spare: reserved - guestOs - runtime - applications, free: total - reserved };
}

/** What a process that runs applications takes beside theirs. */
function runtimeOf(engine: Engine, document: Topology, id: NodeId): number {
  const processMb = factOf(engine, id, "process-memory");
  if (processMb === 0) return 0;
  const within = withDescendants(document, [id]).filter((node) => node.id !== id && isRunning(engine, node.id));
  return processMb - within.reduce((megabytes, node) => megabytes + factOf(engine, node.id, "memory-used"), 0);
}

const isRunning = (engine: Engine, id: NodeId): boolean => engine.status(id)?.tone === "running";

// Density.

/** The most of a unit that a machine of its own runs, all at once. */
function mostThatFit(trial: Trial, make: MakeEngine): number {
  let fits = 0;
  let fails = trial.copies.length + 2;
  while (fails - fits > 1) {
    const tried = Math.floor((fits + fails) / 2);
    if (allRun(trial, tried, make)) fits = tried;
    else fails = tried;
  }
  return fits;
}

function allRun(trial: Trial, units: number, make: MakeEngine): boolean {
  const { crowd, copies, deployment } = trial;
  const spared = new Set(copies.slice(units - 1).flat());
  const nodes = Object.fromEntries(Object.entries(crowd.nodes).filter(([id]) => !spared.has(id)));
  const links = Object.fromEntries(Object.entries(crowd.links).filter(([, { from, to }]) => !spared.has(from) && !spared.has(to)));
  const { document } = remedied({ ...crowd, nodes, links }, make);
  const engine = make({ document });
  engine.runUntil(crowdedUs);
  return withDescendants(document, [deployment.machine]).every(({ id }) => isRunning(engine, id));
}

/** Units are whole: where several instances stand in one, they count. */
function instancesIn({ document, deployment }: Trial): number {
  const { subject, unit, others } = deployment;
  return withDescendants(document, [unit]).filter(({ id }) => id === subject || others.includes(id)).length;
}

// The operator.

interface Remedied {
  readonly document: Topology;
  readonly set: readonly { readonly node: NodeRecord; readonly setting: string }[];
}

/** As an operator does who sees why it does not start: gives those that are in each other's way something of their own, until none is. */
function remedied(document: Topology, make: MakeEngine): Remedied {
  const set: { node: NodeRecord; setting: string }[] = [];
  let tried = document;
  for (;;) {
    const clashes = clashesIn(tried, make);
    if (clashes.length === 0) return { document: tried, set };
    const nodes = { ...tried.nodes };
    for (const { node, setting, taken } of clashes) {
      set.push({ node, setting });
      nodes[node.id] = { ...node, settings: { ...node.settings, [setting]: another(taken, set.length) } };
    }
    tried = { ...tried, nodes };
  }
}

function clashesIn(document: Topology, make: MakeEngine) {
  // Watched, so that nothing that is written of it is gone before it is read.
  const engine = make({ document, watch: true });
  engine.runUntil(1);
  return [...engine.journal.kept(0)].flatMap((id) => {
    const row = engine.journal.row(id);
    const setting = remedies[row?.what ?? ""];
    const node = document.nodes[row?.who ?? ""];
    return row === null || setting === undefined || node === undefined ? [] : [{ node, setting, taken: row.a }];
  });
}

function another(taken: number, many: number): number | string {
  return taken > 0 ? ((taken + many - 1) % 65_535) + 1 : `another-${many}`;
}

/** What one more is made of, and what must be set otherwise so that it starts. */
function operatorSteps(trial: Trial, make: MakeEngine): OperatorStep[] {
  const { oneMore, added } = trial;
  const made = new Set(added);
  const { set } = remedied(oneMore, make);
  return [
    ...added.flatMap((id): OperatorStep[] => {
      const node = oneMore.nodes[id];
      return node === undefined ? [] : [{ what: "place", kind: node.kind }];
    }),
    ...set.flatMap(({ node, setting }, index): OperatorStep[] => {
      const isLast = !set.slice(index + 1).some((later) => later.node.id === node.id && later.setting === setting);
      return made.has(node.id) && isLast ? [{ what: "set", kind: node.kind, setting }] : [];
    }),
    ...added.flatMap((id): OperatorStep[] => {
      const link = oneMore.links[id];
      return link === undefined ? [] : [{ what: "link", role: link.role }];
    }),
  ];
}

// Time.

function startUs({ deployment, document, without }: Trial, make: MakeEngine): number | null {
  const engine = make({ document });
  engine.runUntil(settledUs);
  engine.edit(without);
  engine.runUntil(2 * settledUs);
  const orderedUs = engine.edit(document).atUs;
  return until(engine, () => isRunning(engine, deployment.subject)) ? sinceUs(engine, deployment.subject) - orderedUs : null;
}

function stopUs({ deployment, document }: Trial, engine: Engine): Compared["stop"] {
  const { unit, subject } = deployment;
  const act = endings.find((ending) => engine.status(unit)?.acts.includes(ending));
  if (act === undefined) return null;
  const { atUs } = engine.act({ act, target: unit });
  const isOver = () =>
    withDescendants(document, [unit]).every(({ id }) => !["running", "draining"].includes(engine.status(id)?.tone ?? "idle"));
  return until(engine, isOver) ? { act, us: Math.max(sinceUs(engine, unit), sinceUs(engine, subject)) - atUs } : null;
}

const sinceUs = (engine: Engine, id: NodeId): number => engine.status(id)?.sinceUs ?? 0;

/** Plays on until something holds; false: it never did. */
function until(engine: Engine, holds: () => boolean, look = () => {}): boolean {
  const endUs = engine.nowUs + patienceUs;
  engine.runUntil(engine.nowUs + 1);
  for (look(); !holds(); look()) {
    if (engine.nowUs >= endUs) return false;
    engine.runUntil(engine.nowUs + lookUs);
  }
  return true;
}

function recovery({ deployment, document }: Trial, engine: Engine, fault: string): Recovery {
  const { subject } = deployment;
  const acts: string[] = [];
  const { atUs } = engine.act({ act: fault, target: subject, amount: 1 });
  const chain = [...ancestorsOf(document, subject).map(({ id }) => id)].reverse().concat(subject);
  const operate = () => {
    const broken = chain.map((id) => engine.status(id)).find((status) => status?.tone === "dead");
    const act = revivals.find((revival) => broken?.acts.includes(revival));
    if (broken == null || act === undefined) return;
    acts.push(act);
    engine.act({ act, target: broken.id });
  };
  const isBack = () => chain.every((id) => isRunning(engine, id)) && sinceUs(engine, subject) > atUs;
  return { fault, us: until(engine, isBack, operate) ? sinceUs(engine, subject) - atUs : null, acts };
}

// Blast radius.

/** Who of the others was down at any time afterwards, though the fault was not theirs. */
function blast({ deployment }: Trial, engine: Engine, fault: string): Blast {
  const { subject, others } = deployment;
  const failed = new Set<NodeId>();
  const well = others.filter((id) => isRunning(engine, id));
  const { atUs } = engine.act({ act: fault, target: subject });
  while (engine.nowUs < atUs + aftermathUs) {
    engine.runUntil(engine.nowUs + watchUs);
    for (const id of well) if (!isRunning(engine, id)) failed.add(id);
  }
  return { fault, failed: [...failed], others: well.length };
}
