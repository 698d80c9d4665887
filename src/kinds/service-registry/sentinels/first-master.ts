import { tagsIn } from "../../../document/registering-settings.ts";
import type { LinkConfig, World } from "../../../engine/world.ts";
import { declaration } from "../declaration.ts";
import type { Registration } from "../metadata.ts";

/** Of all registrations of a service with these sentinels the first that is marked: what they are first told to monitor. */
export function firstMaster(
  { links }: World,
  sentinels: readonly number[],
  link: LinkConfig,
  serviceOf: (entity: number) => string,
): LinkConfig | null {
  const service = serviceOf(link.from);
  const isMarked = (other: LinkConfig | undefined): other is LinkConfig =>
    other?.role === "register" && sentinels.includes(other.to) && serviceOf(other.from) === service && marks(other);
  return links.find(isMarked) ?? null;
}

const marks = ({ settings }: LinkConfig): boolean =>
  tagsIn((settings as unknown as Registration).tags).includes(declaration.registry.watched.mark);
