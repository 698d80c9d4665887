import { admin } from "../../engine/upstream-tables.ts";
import type { Run } from "../../engine/run.ts";

export type Stickiness = "none" | "cookie" | "address" | "connection";

export interface PersistenceConfig {
  readonly sticky: Stickiness;
  /** How long an address that nobody comes from is remembered. */
  readonly stickyUs: number;
}

type Entry = readonly [balancer: number, client: number, who: number, target: number, untilUs: number];

/**
 * Which target a visitor sticks to. By cookie (HAProxy `cookie insert`): the visitor brings the name of the one that
 * last answered it. By address (kube-proxy ClientIP): the balancer remembers whom it chose, for some time after the last
 * connection. By connection (any balancer of connections): all requests of one connection go where the first went.
 */
export class Persistence {
  private readonly run: Run;
  private readonly configOf: (row: number) => PersistenceConfig;
  private known = new Map<string, Entry>();

  constructor(run: Run, configOf: (row: number) => PersistenceConfig) {
    this.run = run;
    this.configOf = configOf;
    run.upstreams.rows.onVacated((target) => {
      for (const [key, entry] of this.known) if (entry[3] === target) this.known.delete(key);
    });
  }

  /** The target that a request sticks to; −1: none, or none that may have it. */
  targetOf(row: number, client: number, number: number): number {
    const { upstreams, kernel } = this.run;
    const { sticky } = this.configOf(row);
    const entry = this.known.get(this.keyOf(row, client, number));
    if (entry === undefined || entry[4] < kernel.nowUs || entry[2] !== this.whoOf(row, client, number)) return -1;
    const target = entry[3];
    const { removed, fit, admin: decided } = upstreams.table;
    if (removed[target] === 1 || decided[target] === admin.maint) return -1;
    // A connection is where it is; a cookie is heeded only while its server is up.
    return sticky !== "cookie" || fit[target] === 1 ? target : -1;
  }

  /** It has been chosen for a request. */
  chosen(row: number, client: number, number: number, target: number): void {
    if (this.configOf(row).sticky !== "cookie") this.remember(row, client, number, target);
  }

  /** It has answered a request. */
  answered(row: number, client: number, number: number, target: number): void {
    if (this.configOf(row).sticky === "cookie") this.remember(row, client, number, target);
  }

  private remember(row: number, client: number, number: number, target: number): void {
    const { sticky, stickyUs } = this.configOf(row);
    const untilUs = sticky === "address" ? this.run.kernel.nowUs + stickyUs : Infinity;
    this.known.set(this.keyOf(row, client, number), [row, client, this.whoOf(row, client, number), target, untilUs]);
  }

  /** Of a client's connections only the newest is remembered, of its visitors each. */
  private keyOf(row: number, client: number, number: number): string {
    return this.configOf(row).sticky === "connection" ? `${row} ${client}` : `${row} ${client} ${this.whoOf(row, client, number)}`;
  }

  private whoOf(row: number, client: number, number: number): number {
    const { requestKeys } = this.run;
    return this.configOf(row).sticky === "connection" ? requestKeys.connectionOf(client, number) : requestKeys.visitorOf(client, number);
  }

  save(): unknown {
    return [...this.known];
  }

  load(saved: unknown): void {
    this.known = new Map(saved as [string, Entry][]);
  }
}
