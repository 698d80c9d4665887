import type { Leases } from "./leases.ts";
import type { CheckRules } from "./systems/system.ts";

/**
 * How an entry is checked; null: nobody checks it. What stands by itself has no machine with an agent beside it: it is looked at over
 * the wire (Consul's external services, consul-esm).
 */
export function checksOf(leases: Leases, row: number): CheckRules | null {
  const registry = leases.table.registry[row]!;
  const rules = leases.systemOf(registry).checks?.(leases.settingsOf(registry)) ?? null;
  return rules === null || leases.machineOf(row) >= 0 ? rules : { ...rules, from: "registry", glanceUs: 0 };
}
