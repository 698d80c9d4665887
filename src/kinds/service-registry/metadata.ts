import { tagsIn } from "../../document/registering-settings.ts";
import { hashString } from "../../base/random.ts";

/** What a registration says besides where the instance is: the settings of its link. */
export interface Registration {
  readonly identity: string;
  readonly says: string;
  readonly zone: string;
  readonly tags: string;
  readonly version: string;
  readonly weight: number;
  readonly asksTtlMs: number;
  readonly replicaPriority: number;
}

/** What a consumer asks for: the settings of its link. */
export interface Wanted {
  readonly service: string;
  readonly tag: string;
  readonly version: string;
  readonly zone: string;
}

/** A number that differs where the words about an instance differ. */
export function metaOf(registration: Registration | null): number {
  if (registration === null) return 0;
  const { zone, tags, version, weight } = registration;
  return hashString(JSON.stringify([zone, tags, version, weight]));
}

/** Whether an instance has the tag and is of the version that are asked for; an empty wish is no wish. */
export function answersTo(registration: Registration | null, { tag, version }: Wanted): boolean {
  if (registration === null) return tag === "" && version === "";
  const tags = tagsIn(registration.tags);
  return (tag === "" || tags.includes(tag)) && (version === "" || registration.version === version);
}
