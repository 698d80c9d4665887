import { linkActs } from "../../document/link-settings.ts";
import type { SettingValues, Topology } from "../../document/topology.ts";
import { Simulation } from "../../engine/simulation.ts";
import type { LogRow } from "../../engine/status.ts";
import { kinds } from "../../kinds/registry.ts";
import { NotUnderstood } from "../recorded-case.ts";
import { documentOf, link, loopback, node } from "./document.ts";

export interface RigOptions {
  /** How many servers stand behind the balancer: b1, b2, … */
  readonly servers: number;
  readonly balancer: SettingValues;
  readonly weights?: readonly number[];
  readonly workMs?: number;
  /** Of the client. */
  readonly caller?: SettingValues;
  /** Of each link to a server. */
  readonly links?: readonly SettingValues[];
  readonly start?: "warm" | "cold";
}

/** What the cases were recorded on: a client, a balancer and its servers on one machine, where wires take no time. */
export class Rig {
  readonly simulation: Simulation;

  constructor(options: RigOptions) {
    this.simulation = new Simulation({ document: balanced(options), kinds, watch: true });
  }

  /** Plays up to an instant of the run, and including it. */
  until(atMs: number): void {
    this.simulation.runUntil(Math.round(atMs * 1000));
  }

  get nowMs(): number {
    return this.simulation.nowUs / 1000;
  }

  /** Requests that a server has in hand. */
  inHand(server: string): number {
    return this.simulation.countersOf(server)?.inFlight ?? 0;
  }

  /** Does something to a server (or to its wire) at an instant, which is a microsecond late. */
  at(atMs: number, act: string, server: string, amount?: number): void {
    this.until(atMs);
    const target = linkActs.includes(act) ? wireTo(server) : server;
    this.simulation.act({ act, target, ...(amount === undefined ? {} : { amount }) });
  }

  /** The client sends one request at this instant, and others of the same instant after it. */
  send(atMs: number): void {
    this.until(atMs);
    this.simulation.act({ act: "send", target: "caller" });
  }

  /** Answers from a server take so much longer from an instant on: half of it there, half back. */
  delay(atMs: number, server: string, delayMs: number): void {
    this.until(atMs);
    const { document } = this.simulation;
    const link = document.links[wireTo(server)]!;
    const settings = { ...link.settings, latencyMs: delayMs / 2 };
    this.simulation.edit({ ...document, links: { ...document.links, [link.id]: { ...link, settings } } });
  }

  /** A server's settings are others from an instant on. */
  set(atMs: number, server: string, settings: SettingValues): void {
    this.until(atMs);
    const { document } = this.simulation;
    const node = document.nodes[server]!;
    this.simulation.edit({ ...document, nodes: { ...document.nodes, [server]: { ...node, settings: { ...node.settings, ...settings } } } });
  }

  rows(...whats: readonly LogRow["what"][]): LogRow[] {
    const { journal } = this.simulation;
    const found: LogRow[] = [];
    for (let id = 0; id < journal.length; id++) {
      const row = whats.includes(journal.what(id) ?? "") ? journal.row(id) : null;
      if (row !== null) found.push(row);
    }
    return found;
  }

  /** When the last check that a server passed had begun. */
  lastGoodCheckMs(server: string): number {
    const part = this.simulation.status("front")?.parts.find(({ node }) => node === server);
    const last = part?.facts.find(({ key }) => key === "last-good-check")?.value;
    if (typeof last !== "number") throw new NotUnderstood("no check was ever passed");
    return last / 1000;
  }
}

function wireTo(server: string): string {
  return `front-${server}`;
}

function balanced({ servers, balancer, weights = [], workMs = 0, caller = {}, links: ways = [], start = "warm" }: RigOptions): Topology {
  const names = Array.from({ length: servers }, (_, index) => `b${index + 1}`);
  const nodes = [
    node("caller", "caller", 0, caller),
    node("front", "balancer", 1, balancer),
    ...names.map((name, index) => node(name, "server", index + 2, { workMs })),
  ];
  const links = [
    link("caller", "front", "call", 0, { ...loopback, timeoutMs: 3_600_000 }),
    ...names.map((name, index) => link("front", name, "forward", index + 1, { ...loopback, weight: weights[index] ?? 1, ...ways[index] })),
  ];
  return documentOf(nodes, links, { start });
}
