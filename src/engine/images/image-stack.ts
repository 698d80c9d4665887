import type { NodeId } from "../../document/topology.ts";
import type { LayerRole } from "../../document/dockerfile/dockerfile.ts";
import type { Run } from "../run.ts";
import { chainsOf, type Digest, type Image } from "./image.ts";

/** A layer as it lies on a disk: two images share it where all that lies below is the same, too. */
export interface StackedLayer {
  readonly chain: Digest;
  readonly digest: Digest;
  readonly bytes: number;
  readonly role: LayerRole;
  readonly madeBy: string;
}

/** One image on a machine's disk, or in a registry, from the bottom up. */
export interface ImageStack {
  readonly digest: Digest;
  /** The names that stand for it; none: a tag has moved away from it. */
  readonly names: readonly string[];
  readonly layers: readonly StackedLayer[];
  readonly command: string | null;
  /** What is made of it. */
  readonly instances: readonly NodeId[];
}

/** The images that a thing has on its disk; a thing that has none speaks of the machine that it stands in. */
export function stacksAt(run: Run, row: number): ImageStack[] {
  const own = run.images.imagesAt(row);
  const parent = run.entities.parent[row]! - 1;
  if (own.length === 0 && parent >= 0 && run.node(row).kind.places.length === 0) return stacksAt(run, parent);
  const instances = instancesIn(run, row);
  return own.map(({ image, names }) => ({
    digest: image.digest,
    names,
    layers: layersOf(image),
    command: image.config.command ?? image.config.entrypoint,
    instances: instances.get(image.digest) ?? [],
  }));
}

function layersOf({ layers }: Image): StackedLayer[] {
  const chains = chainsOf(layers);
  return layers.map((layer, index) => ({ chain: chains[index]!, ...layer }));
}

function instancesIn(run: Run, machine: number): ReadonlyMap<Digest, readonly NodeId[]> {
  const found = new Map<Digest, NodeId[]>();
  for (const child of run.node(machine).children) {
    const image = run.of(child).madeOf?.(child) ?? null;
    if (image !== null) found.set(image.digest, [...(found.get(image.digest) ?? []), run.node(child).id]);
  }
  return found;
}
