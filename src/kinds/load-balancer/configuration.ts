import type { Configuration } from "../../document/preset.ts";
import { settle } from "../../document/settings.ts";
import type { NodeRecord, Topology } from "../../document/topology.ts";
import type { PartStatus } from "../../engine/status.ts";
import { settings as declared } from "./declaration.ts";
import { haproxyConfiguration } from "./haproxy-configuration.ts";
import { nginxConfiguration } from "./nginx-configuration.ts";
import type { BalancerSettings } from "./behaviour.ts";

/** One target as a configuration names it. */
export interface ConfiguredTarget {
  readonly name: string;
  /** "10.1.0.3:8080". */
  readonly address: string;
  readonly weight: number;
  readonly backup: boolean;
  /** Its own, where it has them. */
  readonly maxFails?: number;
  readonly failTimeoutMs?: number;
}

/** The configuration of the real program that a drawn balancer stands for: nginx's where it goes by nginx's rules, else HAProxy's. */
export function configurationOf(settings: BalancerSettings, name: string, targets: readonly ConfiguredTarget[]): Configuration {
  const named = targets.map((target, index) => ({ ...target, name: wordOf(target.name, `server${index + 1}`) }));
  const word = wordOf(name, "balancer");
  return settings.rules === "nginx"
    ? { file: "nginx.conf", text: nginxConfiguration(settings, word, named) }
    : { file: "haproxy.cfg", text: haproxyConfiguration(settings, word, named) };
}

/** The same of a node as it is drawn; what it has discovered, and everybody's address, come from the run, where there is one. */
export function configurationOfNode(node: NodeRecord, { nodes, links }: Topology, parts: readonly PartStatus[]): Configuration {
  const drawn = Object.values(links)
    .filter((link) => link.from === node.id && link.role === "forward")
    .sort((a, b) => a.order - b.order);
  const addressOf = (id: string, index: number) => parts.find((part) => part.node === id)?.address ?? `192.0.2.${(index % 254) + 1}`;
  const known = drawn.map((link, index): ConfiguredTarget => {
    const { weight = 1, backup = false, maxFails = -1, failTimeoutMs = 0 } = link.settings as Partial<ConfiguredTarget>;
    const own = { ...(maxFails < 0 ? {} : { maxFails }), ...(failTimeoutMs === 0 ? {} : { failTimeoutMs }) };
    return { name: nodes[link.to]?.name ?? link.to, address: withPort(addressOf(link.to, index)), weight, backup, ...own };
  });
  const discovered = parts
    .filter((part) => !drawn.some((link) => link.to === part.node))
    .map((part) => ({ name: nameOf(nodes, part), address: withPort(part.address), weight: 1, backup: false }));
  return configurationOf(settle(declared, node.settings) as BalancerSettings, node.name, [...known, ...discovered]);
}

const nameOf = (nodes: Topology["nodes"], { node, key }: PartStatus) => (node === null ? key : (nodes[node]?.name ?? node));
const withPort = (address: string) => (/:\d+$/u.test(address) ? address : `${address}:80`);

/** Names in configurations are single words of plain letters. */
function wordOf(name: string, otherwise: string): string {
  const word = name.trim().replaceAll(/[^\w.:-]+/gu, "-");
  return /[A-Za-z0-9]/u.test(word) ? word : otherwise;
}

/** "2s", "1500ms". */
export function time(milliseconds: number): string {
  return milliseconds % 1000 === 0 && milliseconds > 0 ? `${milliseconds / 1000}s` : `${Math.max(1, Math.round(milliseconds))}ms`;
}
