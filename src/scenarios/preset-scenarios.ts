import type { SettingValues, Topology } from "../document/topology.ts";
import type { Scenario } from "./scenarios.ts";

/** What each registry's system makes of the same: a crash, a graceful stop, and both made anew. */
export const presetScenarios: readonly Scenario[] = [
  ...(
    [
      ["lease", 70],
      ["consul-ttl", 70],
      ["consul-check", 70],
      ["etcd", 70],
      ["zookeeper", 70],
      ["eureka", 330],
      ["nacos-beat", 80],
      ["nacos-grpc", 70],
      ["nacos-persistent", 70],
      ["kubernetes", 80],
      ["dns", 70],
    ] as const
  ).map(([system, forSeconds]) => crashAndStop(system, forSeconds)),
  registryOutage("consul-ttl"),
  registryOutage("eureka"),
  {
    id: "preset-eureka-ten",
    example: "client-side-discovery",
    forSeconds: 330,
    change: (document) => quiet(more(byRules("eureka", document), "web-3", 7)),
    acts: [{ atSeconds: 10, act: "kill", target: "web-2" }],
  },
  {
    id: "members-peers-parted",
    example: "three-members",
    forSeconds: 90,
    change: (document) => quiet(byRules("nacos-beat", document)),
    acts: [
      { atSeconds: 10, act: "cut", target: "registry-1-peer-registry-2" },
      { atSeconds: 10, act: "cut", target: "registry-3-peer-registry-1" },
      { atSeconds: 15, act: "recreate", target: "web-1" },
      { atSeconds: 15, act: "recreate", target: "web-2" },
      { atSeconds: 30, act: "mend", target: "registry-1-peer-registry-2" },
      { atSeconds: 30, act: "mend", target: "registry-3-peer-registry-1" },
    ],
  },
];

function crashAndStop(system: string, forSeconds: number): Scenario {
  return {
    id: `preset-${system}`,
    example: "client-side-discovery",
    forSeconds,
    change: (document) => quiet(byRules(system, document)),
    acts: [
      { atSeconds: 10, act: "kill", target: "web-2" },
      { atSeconds: 12, act: "stop", target: "web-3" },
      { atSeconds: forSeconds - 20, act: "recreate", target: "web-2" },
      { atSeconds: forSeconds - 20, act: "recreate", target: "web-3" },
    ],
  };
}

/** The registry is down while an instance is made anew: nobody finds it until the registry is back. */
function registryOutage(system: string): Scenario {
  return {
    id: `preset-${system}-outage`,
    example: "client-side-discovery",
    forSeconds: 130,
    change: (document) => quiet(byRules(system, document)),
    acts: [
      { atSeconds: 10, act: "kill", target: "registry" },
      { atSeconds: 15, act: "recreate", target: "web-2" },
      { atSeconds: 40, act: "recreate", target: "registry" },
    ],
  };
}

/** Every registry of it goes by these rules. */
function byRules(system: string, document: Topology): Topology {
  const isRegistry = (id: string) => Object.values(document.links).some(({ to, role }) => to === id && role === "register");
  return changed(document, (id) => (isRegistry(id) ? { system } : null));
}

/** Two callers who send once in two seconds: what is told is the discovery's. */
function quiet(document: Topology): Topology {
  return changed(document, (id) => ("ratePerSecond" in document.nodes[id]!.settings ? { ratePerSecond: 0.5 } : null));
}

function changed(document: Topology, settingsOf: (id: string) => SettingValues | null): Topology {
  const nodes = Object.values(document.nodes).map((node) => [node.id, { ...node, settings: { ...node.settings, ...settingsOf(node.id) } }]);
  return { ...document, nodes: Object.fromEntries(nodes) };
}

/** As many more instances like one there is, each linked as it is. */
function more(document: Topology, id: string, count: number): Topology {
  const copies = Array.from({ length: count }, (_, index) => `${id}-${index + 1}`);
  const own = Object.values(document.links).filter(({ from }) => from === id);
  const order = Object.keys(document.nodes).length + Object.keys(document.links).length;
  const nodes = copies.map((copy, index) => [copy, { ...document.nodes[id]!, id: copy, name: copy, order: order + index }]);
  const links = copies.flatMap((copy, index) =>
    own.map((link) => [`${copy}-${link.id}`, { ...link, id: `${copy}-${link.id}`, from: copy, order: order + index }]),
  );
  return {
    ...document,
    nodes: { ...document.nodes, ...Object.fromEntries(nodes) },
    links: { ...document.links, ...Object.fromEntries(links) },
  };
}
