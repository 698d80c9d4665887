import type { Run } from "./run.ts";
import type { LinkConfig } from "./world.ts";

/** How often an instance renews over a link: as somebody has set it, else as its registry's system has it, else its default. */
export function renewalIntervalUs(run: Run, link: LinkConfig): number {
  const node = run.node(link.from);
  const set = node.record.settings["heartbeatMs"] as number | undefined;
  const { heartbeatMs } = node.settings as unknown as { heartbeatMs: number };
  if (set !== undefined) return Math.round(set * 1000);
  return run.of(link.to).renewal?.(link.to, link).everyUs ?? Math.round(heartbeatMs * 1000);
}

/** Who registers an instance: it itself, or a registrar beside it that watches its container. */
export function isByRegistrar({ settings }: LinkConfig): boolean {
  return (settings as unknown as { by: string }).by === "registrar";
}
