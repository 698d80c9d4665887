import type { SettingValues } from "../../document/topology.ts";
import { Simulation } from "../../engine/simulation.ts";
import type { LogRow } from "../../engine/status.ts";
import { kinds } from "../../kinds/registry.ts";
import { documentOf, link, loopback, node } from "../rig/document.ts";

/** One container on one host, and a caller that keeps it busy by hand. */
export class ContainerRig {
  readonly simulation: Simulation;
  readonly document;

  constructor(settings: SettingValues) {
    const nodes = [node("caller", "caller", 0, {}), node("h", "machine", 1, {}), node("it", "instance", 2, settings, "h")];
    this.document = documentOf(nodes, [link("caller", "it", "call", 0, { ...loopback, timeoutMs: 3_600_000 })]);
    this.simulation = new Simulation({ document: this.document, kinds, watch: true });
  }

  get nowMs(): number {
    return this.simulation.nowUs / 1000;
  }

  until(atMs: number): void {
    this.simulation.runUntil(Math.round(atMs * 1000));
  }

  act(act: string, amount?: number): void {
    this.simulation.act({ act, target: act === "send" ? "caller" : "it", ...(amount === undefined ? {} : { amount }) });
  }

  /** Its settings become others, as if somebody had changed what runs in it. */
  set(settings: SettingValues): void {
    const { document } = this.simulation;
    const record = document.nodes["it"]!;
    const changed = { ...record, settings: { ...record.settings, ...settings } };
    this.simulation.edit({ ...document, nodes: { ...document.nodes, it: changed } });
  }

  /** Plays on until it says one of these; null if it does not within so long. */
  next(whats: readonly string[], withinMs: number): LogRow | null {
    const { journal } = this.simulation;
    const endUs = this.simulation.nowUs + withinMs * 1000;
    let id = journal.length;
    for (;;) {
      for (; id < journal.length; id++) {
        const row = whats.includes(journal.what(id) ?? "") ? journal.row(id) : null;
        if (row?.who === "it") return row;
      }
      const nextUs = this.simulation.nextEventUs();
      if (nextUs > endUs) break;
      this.simulation.runUntil(nextUs);
    }
    this.simulation.runUntil(endUs);
    return null;
  }

  /** One of its figures, null where it has none. */
  fact(key: string): number | string | null {
    return this.simulation.status("it")?.facts.find((fact) => fact.key === key)?.value ?? null;
  }

  /** As `docker inspect` puts it: "running", "exited". */
  get state(): string {
    const { state, tone } = this.simulation.status("it")!;
    if (state === "exited" || state === "dead") return "exited";
    return tone === "busy" ? state : "running";
  }
}
