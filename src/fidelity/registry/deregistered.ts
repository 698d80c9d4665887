import type { Outcome } from "../outcome.ts";
import { NotUnderstood, numbersOf, type RecordedCase } from "../recorded-case.ts";
import { bandOf, lengthMs, within } from "./bands.ts";
import { RegistryRig } from "./registry-rig.ts";

const reaperMs = 30_000;
const ttlMs = 3000;

/** DeregisterCriticalServiceAfter: how long a service stays critical before the reaper takes it. */
export function playDeregistered(recorded: RecordedCase): Outcome | null {
  if (
    recorded.group !== "registry" ||
    !/^consul/u.test(recorded.meant) ||
    !/deregister.*critical|critical.*deregister|deregister_?after/iu.test(textIn(recorded))
  )
    return null;
  const field = Object.keys(recorded.fields).find((name) => /^m?s_.*(?:gone|deregist|removed|reaped)/u.test(name));
  const after = /(\d+(?:\.\d+)?) ?(ms|s|m)(?![a-z])/u.exec(afterIn(recorded));
  if (field === undefined || after === null) throw new NotUnderstood("how long it was critical, or was to be");
  const deregisterMs = lengthMs(`${after[1]}${after[2]}`);
  const scale = field.startsWith("ms_") ? 1 : 1000;
  const band = bandOf(reaperMs, (atMs, seed) => removedAfter(deregisterMs, atMs, seed), 60);
  const times = numbersOf(recorded, field).map((time) => time * scale);
  return within([{ name: "deregistered", recorded: times, band, toleranceMs: reaperMs / 20 }]);
}

const textIn = ({ name, fields }: RecordedCase): string => `${name} ${Object.keys(fields).join(" ")}`;

/** In a field of its own, or in the case's name. */
function afterIn({ name, fields }: RecordedCase): string {
  const value = Object.entries(fields).find(([key]) => /deregister.*after/iu.test(key) && !/^m?s_/u.test(key))?.[1];
  if (typeof value === "number") return `${value} s`;
  return typeof value === "string" ? value : name.replace(/^.*?deregister/iu, "");
}

function removedAfter(deregisterMs: number, atMs: number, seed: number): number | null {
  const registry = { system: "consul-ttl", ttlMs, initialStatus: "passing", deregisterMs };
  const rig = new RegistryRig({ registry, instances: ["w1"], instance: { heartbeatMs: 1000 }, seed });
  rig.until(10_000 + atMs);
  rig.act("hang", "w1");
  const hungMs = rig.nowMs;
  rig.until(hungMs + ttlMs + Math.max(60_000, deregisterMs) + reaperMs + 1000);
  const [critical, gone] = [rig.whenMs("critical", hungMs, "w1"), rig.whenMs("deregistered", hungMs, "w1")];
  return critical === null || gone === null ? null : gone - critical;
}
