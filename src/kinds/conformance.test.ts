import { sketch } from "../engine/testing/sketch.ts";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { admit } from "../document/admit.ts";
import { linkActsOf } from "../document/link-settings.ts";
import { mayStand } from "../document/rules.ts";
import { fromJson, toJson } from "../document/serialise.ts";
import { settingsSchema } from "../document/settings-schema.ts";
import type { Topology } from "../document/topology.ts";
import { Hosting } from "../engine/hosting.ts";
import { hostMachine } from "../engine/machines/machine-host.ts";
import { Run } from "../engine/run.ts";
import { Simulation } from "../engine/simulation.ts";
import { move, player, without, type Step } from "../engine/testing/playing.ts";
import { seconds } from "../engine/testing/telling.ts";
import { amiss, runOf } from "../properties/testing/consistency.ts";
import { town } from "../properties/testing/town.ts";
import { kinds } from "./registry.ts";

/** What every kind must do, whatever it is (DESIGN §5); that each of its settings matters is in `settings.test.ts`. */
const play = player(kinds);
const all = [...kinds.values()].map((kind) => [kind.id, kind] as const);
const nodesOf = (kind: string) => Object.values(town().nodes).filter((node) => node.kind === kind);

test("every kind lives in the town that these tests are played in", () => {
  expect(all.map(([id]) => id).filter((id) => nodesOf(id).length === 0)).toEqual([]);
  expect(admit(town(), kinds)).toEqual({ ok: true, document: town() });
});

describe.each(all)("%s", (id, kind) => {
  test("its defaults are valid, and survive being written down", () => {
    const { defaults } = kind.settings;
    expect(settingsSchema(kind.settings).safeParse(defaults)).toEqual({ success: true, data: defaults });
    const [node] = nodesOf(id);
    const document = town();
    const explicit = { ...document, nodes: { ...document.nodes, [node!.id]: { ...node!, settings: defaults } } };
    expect(fromJson(toJson(explicit), kinds)).toEqual({ ok: true, document: explicit });
  });

  test.each(nodesOf(id).map((node) => node.id))(
    "%s is taken out amid requests, and comes back, with nothing lost or counted twice",
    (node) => {
      const document = town();
      for (const atS of [1.0003, 2.5001]) {
        const back: Step = [atS + 1, () => document];
        expectWhole([[atS, withoutTree(document, node)], back, [atS + 4, `recreate web-3`]]);
      }
    },
  );

  const moves = nodesOf(id).flatMap((node) => elsewhere(node.id).map((parent) => [node.id, parent] as const));
  if (moves.length > 0)
    test.each(moves)("%s is moved to %s amid requests, and back", (node, parent) => {
      const before = town().nodes[node]!.parent;
      expectWhole([
        [1.0003, move(node, parent)],
        [3.0001, move(node, before)],
      ]);
    });

  test.each(kind.acts)("%s is heeded", (act) => {
    const [node] = nodesOf(id);
    const before = preludeTo(act, node!.id);
    const script: Step[] = before === null ? [] : [[1, before]];
    const simulation = play("", 2, script, { document: town() });
    expect(simulation.status(node!.id)!.acts).toContain(act);
    expect(storyWith([...script, [2, `${act} ${node!.id}`]])).not.toEqual(storyWith(script));
  });

  test("an act that is not its own is written down and does nothing", () => {
    const foreign = [...new Set(all.flatMap(([, other]) => other.acts))].filter((act) => !(kind.acts as readonly string[]).includes(act));
    const [node] = nodesOf(id);
    expect(storyWith(foreign.map((act): Step => [1, `${act} ${node!.id}`]))).toEqual(storyWith([]));
  });
});

test.each(["cut", "cut-there", "cut-back", "flap", "mend"])("%s is heeded by links of every role", (act) => {
  const document = town();
  for (const role of new Set(Object.values(document.links).map((link) => link.role))) {
    const { id } = Object.values(document.links).find((link) => link.role === role)!;
    // What a wire carries rarely is seen to be missing only where something is carried.
    const stir: Step[] = [
      [2.5, "recreate v"],
      [2.6, "recreate web-1"],
    ];
    const before: Step[] = act === "mend" ? [[1, `cut ${id}`], ...stir] : stir;
    expect(storyWith([[2, `${act} ${id}`], ...before].sort(([a], [b]) => Number(a) - Number(b)) as Step[]), role).not.toEqual(
      storyWith(before),
    );
  }
});

test("confirm is heeded by every role of link that can hold an address", () => {
  const links = Object.values(town().links).filter((link) => linkActsOf(link).includes("confirm"));
  const canRenew = (node: string) => kinds.get(town().nodes[node]!.kind)!.acts.includes("recreate");
  for (const role of new Set(links.map((link) => link.role))) {
    const stories = links
      .filter((link) => link.role === role && canRenew(link.to))
      .map(({ id, to }) => {
        const before: Step[] = [[1, `recreate ${to}`]];
        return [storyWith([...before, [2.9, `confirm ${id}`]]), storyWith(before)] as const;
      });
    expect(
      stories.some(([confirmed, held]) => confirmed.join() !== held.join()),
      role,
    ).toBe(true);
  }
});

/** What must have been done to a thing for an act to make sense. */
const prelude: Readonly<Record<string, string>> = {
  resume: "hang",
  start: "kill",
  "power-on": "unplug",
  restore: "lose",
  "resume-sending": "pause-sending",
};

/** What slows down need not be able to hang; and what stands in a machine spoils it. */
function preludeTo(act: string, node: string): string | null {
  if (act === "repair") return `fill-disk ${Object.values(town().nodes).find((one) => one.parent === node && canSpoil(one.kind))!.id}`;
  if (prelude[act] === undefined) return null;
  const first = act === "resume" && !kinds.get(town().nodes[node]!.kind)!.acts.includes("hang") ? "slow" : prelude[act];
  return `${first} ${node}`;
}

const canSpoil = (kind: string) => kinds.get(kind)!.acts.includes("fill-disk");

/** All that is told of a run, the acts themselves and the causes apart. */
function storyWith(script: readonly Step[]): string[] {
  const story: string[] = [];
  const onTraceLine = (line: string) => {
    const { cause: _, ...rest } = JSON.parse(line) as { what: string; cause?: string };
    if (rest.what !== "act") story.push(JSON.stringify(rest));
  };
  play("", 6, script, { document: town(), onTraceLine });
  return story;
}

/** Plays a script; every row is accounted for all the way, and in the end the town works. */
function expectWhole(script: readonly Step[]): void {
  const simulation = new Simulation({ document: town(), kinds });
  const last = script.at(-1)![0];
  for (let atS = 0; atS < last + 8; atS += 0.25) {
    for (const [dueS, what] of script) {
      if (dueS < atS || dueS >= atS + 0.25) continue;
      simulation.runUntil(seconds(dueS));
      if (typeof what === "string") simulation.act({ act: what.split(" ")[0]!, target: what.split(" ")[1]! });
      else simulation.edit(what(simulation.document));
      simulation.runUntil(seconds(dueS) + 1);
      expect(amiss(simulation)).toEqual([]);
    }
    simulation.runUntil(seconds(atS + 0.25));
    expect(amiss(simulation), `at ${atS + 0.25} s`).toEqual([]);
  }
  const { served } = simulation.counters();
  simulation.runUntil(simulation.nowUs + seconds(2));
  expect(simulation.counters().served - served).toBeGreaterThan(50);
}

function withoutTree(document: Topology, id: string): Step[1] {
  const tree = [id];
  for (const root of tree) tree.push(...Object.values(document.nodes).flatMap((node) => (node.parent === root ? [node.id] : [])));
  return without(...tree);
}

/** Where else a node of the town may stand. */
function elsewhere(id: string): (string | null)[] {
  const { nodes } = town();
  const node = nodes[id]!;
  const isWithin = (place: string): boolean => place === id || (nodes[place]!.parent !== null && isWithin(nodes[place]!.parent!));
  return [null, ...Object.keys(nodes).filter((place) => !isWithin(place))].filter(
    (place) => place !== node.parent && mayStand(kinds.get(node.kind)!, place === null ? null : kinds.get(nodes[place]!.kind)!).ok,
  );
}

describe("every state of every machine is reached in a simulation", () => {
  const visited = new Map<string, Set<string>>();
  const machines = new Map<string, readonly string[]>();
  const see = (machine: string, state: string) => visited.set(machine, (visited.get(machine) ?? new Set()).add(state));

  beforeAll(() => {
    const { send, place } = Hosting.prototype;
    const { host } = Run.prototype;
    vi.spyOn(Run.prototype, "host").mockImplementation(function (this: Run, machine, options) {
      machines.set(machine.id, hostMachine(machine).states);
      return host.call(this, machine, options);
    });
    vi.spyOn(Hosting.prototype, "send").mockImplementation(function (this: Hosting, row, event) {
      see(this.machine.id, this.name(row));
      const heeded = send.call(this, row, event);
      see(this.machine.id, this.name(row));
      return heeded;
    });
    vi.spyOn(Hosting.prototype, "place").mockImplementation(function (this: Hosting, row, state) {
      place.call(this, row, state);
      see(this.machine.id, state);
    });
    for (const [document, script] of lives()) watch(document, script);
  });
  afterAll(() => void vi.restoreAllMocks());

  /** Plays event by event, looking at each balancer's targets after each of them. */
  function watch(document: Topology, script: readonly Step[]): void {
    const simulation = new Simulation({ document, kinds, inputs: inputsOf(script) });
    const run = runOf(simulation);
    const { table, sets } = run.upstreams;
    while (simulation.nextEventUs() < seconds(25)) {
      simulation.step();
      for (const { id, kind } of Object.values(document.nodes)) {
        const chart = simulation.chart(id);
        for (const each of chart === null ? [] : [chart, ...(simulation.about(id)?.furtherCharts ?? [])]) {
          machines.set(`${kind}'s ${each.machine}`, each.states);
          see(`${kind}'s ${each.machine}`, each.current);
        }
      }
      for (let target = 0; target < table.length; target++) {
        const health = run.checks.config(sets.owner[table.upstream[target]!]!)?.health.machine;
        if (health === undefined || table.removed[target] === 1) continue;
        machines.set(health.id, health.states);
        see(health.id, health.states[table.state[target]!]!);
      }
    }
  }

  test("of those that things have, and of those of their parts", () => {
    const isSeen = (machine: string, state: string) => visited.get(machine)?.has(state) === true;
    const missing = [...machines].flatMap(([machine, states]) =>
      states
        // A life's first state may last no time, and so do these: only those who look inside see them.
        .filter(
          (state, index) => !isSeen(machine, state) && !((index === 0 || state === "stepping") && isSeen(machine.split("'s ")[1]!, state)),
        )
        .map((state) => `${machine}: ${state}`),
    );
    expect(missing).toEqual([]);
    expect(machines.size).toBeGreaterThan(all.length);
  });
});

const inputsOf = (script: readonly Step[]) =>
  script.map(([atS, what]) => {
    const [act, target] = (what as string).split(" ");
    return { atUs: seconds(atS), act: { act: act!, target: target! } };
  });

/** With nobody who sends. */
const quiet = (document: Topology): Topology => without("ann", "bob")(document);

/** A town with no room for some, no port for another, and the wrong Java for a third. */
const tight: Topology = {
  ...quiet(
    town(
      "fat: virtual-machine in g memoryMb=100000\n huge: container in g memoryMb=100000\n rival: application-server in g\n old: web-application in tomcat javaFrom=21",
    ),
  ),
  start: "cold",
};

/** Machines that panic, a server that ends and hangs. */
const wreckage: readonly Step[] = [
  [21.1, "panic g"],
  [21.3, "restart g"],
  [22.4, "kill tomcat"],
  [22.5, "recreate tomcat"],
  [23.5, "hang tomcat"],
  [24, "resume tomcat"],
  [24.1, "panic v"],
  [24.2, "kill shop-war"],
];

const wireFaults: readonly Step[] = [
  [17, "cut h--images"],
  [17.2, "cut-there h--images"],
  [17.4, "cut-back h--images"],
  [17.6, "flap h--images"],
  [18.9, "mend h--images"],
];

/** A master that is killed, and replaced. */
const sentinelsLives: readonly [Topology, readonly Step[]] = [
  sketch(`h: host
    one: service-registry system=sentinel downAfterMs=1000
    two: service-registry system=sentinel downAfterMs=1000
    three: service-registry system=sentinel downAfterMs=1000
    one -> two: peer
    two -> three: peer
    three -> one: peer
    db: container in h
    db-2: container in h
    db-3: container in h
    db -> one: register tags=master
    db-2 -> one: register
    db-3 -> one: register`),
  [[2, "kill db"]],
];

/** Three members, of which one is left alone for a while. */
const membersLives: readonly [Topology, readonly Step[]] = [
  sketch(`one: service-registry
        two: service-registry
        three: service-registry
        one -> two: peer
        two -> three: peer
        three -> one: peer`),
  [
    [2, "kill one"],
    [3, "kill two"],
    [8, "recreate one"],
  ],
];

/** A host is shut down, and with it a machine, a server with an application that is at work, and a process that ignores it. */
const orderlyEnd: readonly [Topology, readonly Step[]] = [
  sketch(`h: host
        v: virtual-machine in h
        deaf: container in v onTerm=ignores stopGraceMs=1000
        tomcat: application-server in h
        war: web-application in tomcat workMs=300
        ann: client ratePerSecond=20
        ann -> war: call`),
  [[2, "shut-down h"]],
];

/** Lives that between them come through everything. */
function lives(): readonly (readonly [Topology, readonly Step[]])[] {
  return [
    [
      town(`loop: container in h restart=always command=ends runMs=900
        deaf: container in g onTerm=ignores stopGraceMs=1000 healthcheck=asks healthIntervalMs=500 healthTimeoutMs=600`),
      [
        [0.9, "recreate deaf"],
        [1, "kill db"],
        [2, "recreate db"],
        [3, "hang db"],
        [3.1, "hang deaf"],
        [4, "resume db"],
        [5, "lose z"],
        [6, "restore z"],
        [7, "stop web-3"],
        [7.1, "resume deaf"],
        [7.2, "stop deaf"],
        [8, "recreate web-3"],
        [9, "hang web-3"],
        [10, "resume web-3"],
        [11, "hang web-2"],
        [12, "stop web-2"],
        [13, "kill front"],
        [14, "recreate front"],
        [15, "kill registry"],
        [16, "unplug v"],
        [16.5, "power-on v"],
        ...wireFaults,
        [19, "change-code app"],
        [20, "build app"],
        [21, "push app"],
        ...wreckage,
      ],
    ],
    [
      sketch(`h: host
        registry: service-registry system=consul-ttl ttlMs=3000
        well: container in h heartbeatMs=1000
        doubtful: container in h heartbeatMs=1000
        well -> registry: register
        doubtful -> registry: register says=warning`),
      [[2, "kill well"]],
    ],
    membersLives,
    sentinelsLives,
    orderlyEnd,
    [
      tight,
      [
        [0.1, "kill images"],
        [1, "build app"],
        [20, "recreate images"],
      ],
    ],
    [
      ["front", "registry", "images"].reduce(
        (document, id) => move(id, "z")(document),
        quiet(town("still: load-balancer checks=none\n still -> web-3: forward")),
      ),
      [
        [1, "unplug g"],
        [2, "power-on g"],
        [3, "lose z"],
        [4, "restore z"],
        [6, "kill images"],
        [7, "kill registry"],
      ],
    ],
  ];
}
