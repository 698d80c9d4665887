import { bareProcessUs, dockerClientUs, networkNamespaceUs, ownStartUs, type Runtime } from "../../engine/policies/start-times.ts";
import type { Outcome } from "../outcome.ts";
import { NotUnderstood, type RecordedCase } from "../recorded-case.ts";
import { ContainerRig } from "./container-rig.ts";
import recordings from "./recordings.json";

/** SEMANTICS §8: a start's overhead depends on the machine. */
const share = 0.5;

/** How long it takes to start /bin/true: as a process, by a bare runtime, by Docker. The median of what was measured. */
export function playStart(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== recordings.group || !/_true\b|_true_|start_time/u.test(recorded.name)) return null;
  const figures = Object.entries(recorded.fields).flatMap(([key, value]) => figuresOf(key, value));
  if (figures.length === 0) return null;
  const predicted = figures.map(({ key }) => startMs(recorded, key));
  return {
    tolerance: `±${share * 100} % of the median`,
    recorded: figures.map(({ key, ms }) => `${key} ${ms} ms`).join("; "),
    predicted: figures.map(({ key }, index) => `${key} ${Number(predicted[index]!.toFixed(1))} ms`).join("; "),
    matches: figures.every(({ ms }, index) => Math.abs(ms - predicted[index]!) <= share * ms),
  };
}

interface Figure {
  readonly key: string;
  readonly ms: number;
}

/** Medians, at any depth: `{"ms": {"p50": 17}}`, `{"network_none": {"total_ms": {"p50": 232}}}`. */
function figuresOf(key: string, value: unknown): Figure[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  if ("p50" in value) return typeof value.p50 === "number" ? [{ key, ms: value.p50 }] : [];
  return Object.entries(value).flatMap(([inner, one]) => figuresOf(`${key} ${inner}`, one));
}

function startMs(recorded: RecordedCase, key: string): number {
  if (/^bare process/u.test(recorded.meant)) return bareProcessUs / 1000;
  const runtime = /^(?:docker|runc|crun)/u.exec(recorded.meant)?.[0] as Runtime | undefined;
  if (runtime === undefined) throw new NotUnderstood(`what ${recorded.meant} starts with`);
  if (runtime !== "docker") return playedMs(runtime);
  const withoutNetworkMs = /network_host/u.test(key) ? networkNamespaceUs / 1000 : 0;
  // Between Docker's two events lies neither its client nor the process.
  if (/create_event_to_start_event/u.test(key)) return (ownStartUs(runtime) - dockerClientUs) / 1000 - withoutNetworkMs;
  return playedMs(runtime) - withoutNetworkMs;
}

/** From the order to the end of the process, as the playground plays it. */
function playedMs(runtime: Runtime): number {
  const rig = new ContainerRig({ runtime, command: "ends" });
  rig.until(1000);
  rig.act("recreate");
  const fromMs = rig.nowMs;
  const exited = rig.next(["exited"], 60_000);
  if (exited === null) throw new NotUnderstood("it never ended");
  return exited.atUs / 1000 - fromMs;
}
