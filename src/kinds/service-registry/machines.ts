import { uniform } from "../../base/random.ts";
import { presence } from "../../engine/entities.ts";
import { priority } from "../../engine/kernel/kernel.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";
import type { Leases } from "./leases.ts";
import { untilTick, type MachineRules } from "./systems/system.ts";

/** Whether the machines of instances are still heard of: Consul's gossip, Kubernetes' node leases. */
export class Machines {
  private readonly run: Run;
  private readonly leases: Leases;

  constructor(run: Run, leases: Leases) {
    this.run = run;
    this.leases = leases;
    run.receive(code.machineHeard, (registry, row, generation) => this.heard(registry, row, generation));
    run.receive(code.machineSilent, (registry, row, generation) => this.silent(registry, row, generation));
  }

  begin(row: number): void {
    const { kernel } = this.run;
    const { table } = this.leases;
    const registry = table.registry[row]!;
    const rules = this.rulesOf(registry);
    const machine = this.leases.machineOf(row);
    if (rules === null || machine < 0) return;
    table.heardUs[row] = kernel.nowUs;
    table.isSilent[row] = 0;
    // All instances of a machine hear of it together.
    const share = uniform(this.run.luckOf(registry, `machine ${this.run.world.nodeIds[machine]!}`), 0);
    const phaseUs = Math.floor(share * rules.heardEveryUs);
    this.later(row, untilTick(kernel.nowUs, rules.heardEveryUs, phaseUs, kernel.nowUs, true), code.machineHeard);
  }

  private rulesOf(registry: number): MachineRules | null {
    return this.leases.systemOf(registry).machine?.(this.leases.settingsOf(registry)) ?? null;
  }

  private later(row: number, waitUs: number, what: number): void {
    const { kernel } = this.run;
    const { table } = this.leases;
    kernel.after(waitUs, priority.timer, what, table.registry[row]!, row, table.generation[row]!);
  }

  private reaches(registry: number, machine: number): boolean {
    const { entities } = this.run;
    return (
      entities.inDocument[machine] === 1 &&
      entities.effective[machine] === presence.open &&
      entities.island[machine] === entities.island[registry]
    );
  }

  private heard(registry: number, row: number, generation: number): void {
    const { table } = this.leases;
    const { kernel } = this.run;
    const rules = table.generation[row] === generation ? this.rulesOf(registry) : null;
    if (rules === null) return;
    kernel.cause = -1;
    this.later(row, rules.heardEveryUs, code.machineHeard);
    if (!this.reaches(registry, this.leases.machineOf(row))) return this.suspect(row, rules);
    table.heardUs[row] = kernel.nowUs;
    if (table.isSilent[row] === 1) this.recover(row);
  }

  /** Not heard of: unless it is heard of before, the verdict falls when it has been silent for long enough. */
  private suspect(row: number, { heardEveryUs, silentUs, tickUs }: MachineRules): void {
    const { table } = this.leases;
    const { nowUs } = this.run.kernel;
    // Said once, when the first beat is missed.
    if (table.isSilent[row] === 1 || nowUs > table.heardUs[row]! + heardEveryUs) return;
    const dueUs = table.heardUs[row]! + silentUs;
    this.later(row, tickUs === 0 ? dueUs - nowUs : untilTick(dueUs, tickUs, 0, nowUs), code.machineSilent);
  }

  private silent(registry: number, row: number, generation: number): void {
    const { table } = this.leases;
    const rules = table.generation[row] === generation ? this.rulesOf(registry) : null;
    if (rules === null || this.run.kernel.nowUs < table.heardUs[row]! + rules.silentUs) return;
    table.isSilent[row] = 1;
    this.leases.befall(row, "FAIL");
  }

  /** It is heard of again: what its agent believed holds, unless the instance itself must say that it is well. */
  private recover(row: number): void {
    const { table } = this.leases;
    table.isSilent[row] = 0;
    if (table.agentSays[row] === 1) this.leases.befall(row, "PASS");
  }
}
