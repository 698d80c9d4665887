import { uniform } from "../../base/random.ts";
import { presence } from "../../engine/entities.ts";
import { hop } from "../../engine/feed.ts";
import { priority } from "../../engine/kernel/kernel.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";
import { checksOf } from "./check-rules.ts";
import type { Leases } from "./leases.ts";
import type { CheckRules } from "./systems/system.ts";

/**
 * Checks of registered instances: by the registry over the wire, or by its agent on the instance's machine, which
 * reports over the wire what has changed. The agent keeps asking until the entry is gone, and reports again what it
 * finds not to be known.
 */
export class Examinations {
  private readonly run: Run;
  private readonly leases: Leases;

  constructor(run: Run, leases: Leases) {
    this.run = run;
    this.leases = leases;
    run.receive(code.examine, (registry, row, generation) => this.due(registry, row, generation));
    run.receive(code.examineArrives, (_, row, generation) => this.arrive(row, generation));
    run.receive(code.examined, (_, row, answer) => this.ended(row, answer >> 1, (answer & 1) === 1));
    run.receive(code.examineTimeout, (_, row, generation) => this.ended(row, generation, false));
    run.receive(code.glance, (_, row, generation) => this.glance(row, generation));
    run.receive(code.reported, (registry, row, says) => this.reported(registry, row, says));
  }

  /** An entry is in the catalogue: its checks begin. */
  begin(row: number, warm: boolean): void {
    const { table } = this.leases;
    const registry = table.registry[row]!;
    const rules = checksOf(this.leases, row);
    if (rules === null) return;
    const [fromUs, toUs] = rules.firstUs;
    const luck = this.run.luckOf(registry, `check ${this.run.world.nodeIds[table.entity[row]!]!}`);
    const share = uniform(luck, table.generation[row]!);
    const waitUs = warm ? share * rules.intervalUs : fromUs + share * (toUs - fromUs);
    if (warm) {
      table.results[row] = 1;
      table.passes[row] = rules.successes;
      table.agentSays[row] = 1;
    }
    this.later(row, Math.floor(waitUs));
    if (rules.glanceUs > 0) this.glanceLater(row, Math.floor(share * rules.glanceUs));
  }

  private later(row: number, waitUs: number): void {
    const { kernel } = this.run;
    const { table } = this.leases;
    kernel.after(waitUs, priority.timer, code.examine, table.registry[row]!, row, table.generation[row]!);
  }

  private glanceLater(row: number, waitUs: number): void {
    const { kernel } = this.run;
    const { table } = this.leases;
    kernel.after(waitUs, priority.timer, code.glance, table.registry[row]!, row, table.generation[row]!);
  }

  private due(registry: number, row: number, generation: number): void {
    const { kernel, feed } = this.run;
    const { table } = this.leases;
    const rules = table.generation[row] === generation ? checksOf(this.leases, row) : null;
    if (rules === null) return;
    kernel.cause = -1;
    if (!this.isAwake(rules, row)) return this.later(row, rules.intervalUs);
    const latencyUs = this.wayUs(rules, row);
    table.checkedUs[row] = kernel.nowUs;
    kernel.after(latencyUs, priority.arrival, code.examineArrives, registry, row, generation);
    if (feed.on && latencyUs > 0)
      feed.hop(kernel.nowUs, kernel.nowUs + latencyUs, registry, table.entity[row]!, table.link[row]!, hop.probe, -1, -1);
  }

  /** Whoever asks: the registry itself, or its agent, which runs as long as the machine does. */
  private isAwake(rules: CheckRules, row: number): boolean {
    const { entities } = this.run;
    if (rules.from === "registry") return this.leases.isReady(this.leases.table.registry[row]!);
    const machine = this.leases.machineOf(row);
    return machine < 0 || entities.effective[machine] === presence.open;
  }

  private wayUs(rules: CheckRules, row: number): number {
    return rules.from === "machine" ? 0 : this.leases.wires.latencyUs(row);
  }

  private arrive(row: number, generation: number): void {
    const { kernel } = this.run;
    const { table } = this.leases;
    const registry = table.registry[row]!;
    const rules = table.generation[row] === generation ? checksOf(this.leases, row) : null;
    if (rules === null) return;
    const passed = this.meets(rules, row);
    const backUs = kernel.nowUs + this.wayUs(rules, row);
    const untilUs = table.checkedUs[row]! + rules.timeoutUs;
    if (passed === null || backUs > untilUs)
      kernel.push(Math.max(kernel.nowUs, untilUs), priority.timeout, code.examineTimeout, registry, row, generation);
    else kernel.push(backUs, priority.completion, code.examined, registry, row, generation * 2 + (passed ? 1 : 0));
  }

  /** What a check meets: an answer that is good or bad, or none (null). */
  private meets(rules: CheckRules, row: number): boolean | null {
    const { network, addresses } = this.run;
    const { table } = this.leases;
    const isOverWire = rules.from === "registry";
    if (isOverWire && !this.leases.wires.isWhole(row)) return null;
    const machine = this.leases.machineOf(row);
    const asker = isOverWire ? table.registry[row]! : machine >= 0 ? machine : table.entity[row]!;
    const address = table.address[row]!;
    const meeting = network.meets(address, asker);
    if (meeting === presence.silent) return null;
    if (meeting === presence.refuse) return false;
    if (rules.by === "tcp") return true;
    const holder = addresses.holder[address]! - 1;
    return meeting === presence.hung ? null : (this.run.of(holder).healthy?.(holder) ?? true);
  }

  private ended(row: number, generation: number, passed: boolean): void {
    const { table } = this.leases;
    const { kernel } = this.run;
    const rules = table.generation[row] === generation ? checksOf(this.leases, row) : null;
    if (rules === null) return;
    this.count(row, rules, passed);
    kernel.cause = -1;
    const fromUs = rules.counts === "from-start" ? table.checkedUs[row]! : kernel.nowUs;
    this.later(row, Math.max(0, fromUs + rules.intervalUs - kernel.nowUs));
  }

  private count(row: number, rules: CheckRules, passed: boolean): void {
    const { table } = this.leases;
    table.results[row]!++;
    table.passes[row] = passed ? table.passes[row]! + 1 : 0;
    table.fails[row] = passed ? 0 : table.fails[row]! + 1;
    const appliesAtOnce = rules.firstCounts && table.results[row] === 1;
    if (passed && (appliesAtOnce || table.passes[row]! >= rules.successes)) table.agentSays[row] = 1;
    if (!passed && (appliesAtOnce || table.fails[row]! >= rules.failures)) table.agentSays[row] = 0;
    this.report(row, rules);
  }

  /** What is found, where the registry does not know it yet. */
  private report(row: number, rules: CheckRules): void {
    const { kernel, feed } = this.run;
    const { table } = this.leases;
    const [registry, says] = [table.registry[row]!, table.agentSays[row]!];
    if ((says === 1) === this.leases.isWell(row)) return;
    if (rules.from === "registry") return this.apply(row, says === 1);
    const latencyUs = this.leases.wires.latencyUs(row);
    kernel.after(latencyUs, priority.arrival, code.reported, registry, row, table.generation[row]! * 2 + says);
    if (feed.on) feed.hop(kernel.nowUs, kernel.nowUs + latencyUs, table.entity[row]!, registry, table.link[row]!, hop.register, -1, -1);
  }

  private reported(registry: number, row: number, answer: number): void {
    const { table } = this.leases;
    if (table.generation[row] !== answer >> 1 || !this.leases.isReady(registry)) return;
    const machine = this.leases.machineOf(row);
    const { island } = this.run.entities;
    const from = machine >= 0 ? machine : table.entity[row]!;
    if (this.leases.wires.isWhole(row) && island[from] === island[registry]) this.apply(row, (answer & 1) === 1);
  }

  private apply(row: number, well: boolean): void {
    const { table } = this.leases;
    if (well) table.renewedUs[row] = this.run.kernel.nowUs;
    this.leases.befall(row, well ? "PASS" : "FAIL");
  }

  /** The kubelet lists its containers: one whose process is gone is not ready, without any probe. */
  private glance(row: number, generation: number): void {
    const { table } = this.leases;
    const rules = table.generation[row] === generation ? checksOf(this.leases, row) : null;
    if (rules === null || rules.glanceUs === 0) return;
    this.run.kernel.cause = -1;
    if (this.isAwake(rules, row) && this.isGone(row)) {
      table.agentSays[row] = 0;
      table.passes[row] = 0;
      this.report(row, rules);
    }
    this.glanceLater(row, rules.glanceUs);
  }

  private isGone(row: number): boolean {
    const { addresses, entities } = this.run;
    const holder = addresses.holder[this.leases.table.address[row]!]! - 1;
    return holder < 0 || entities.presence[holder] === presence.refuse;
  }
}
