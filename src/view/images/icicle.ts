import type { ImageStack, StackedLayer } from "../../runtime/protocol.ts";

/** A layer as it lies under one image, or under several that share it. */
export interface Slab {
  readonly layer: StackedLayer;
  /** The first column that it lies under, and how many. */
  readonly column: number;
  readonly span: number;
  /** From the bottom, 0 first. */
  readonly depth: number;
}

export interface Icicle {
  /** The images in the order of their columns: those that share most stand together. */
  readonly stacks: readonly ImageStack[];
  readonly slabs: readonly Slab[];
  readonly depth: number;
}

/** Images side by side on what they share: a chain of layers that several begin with is one slab under all of them. */
export function icicleOf(images: readonly ImageStack[]): Icicle {
  const stacks = together(images, 0);
  const slabs: Slab[] = [];
  const depth = Math.max(0, ...stacks.map(({ layers }) => layers.length));
  for (let level = 0; level < depth; level++) slabs.push(...slabsAt(stacks, level));
  return { stacks, slabs, depth };
}

/** Images of one layer at a level become neighbours, in the order in which that layer is met first. */
function together(images: readonly ImageStack[], level: number): ImageStack[] {
  const ended = images.filter(({ layers }) => layers.length <= level);
  const groups = new Map<string, ImageStack[]>();
  for (const image of images.filter(({ layers }) => layers.length > level)) {
    const { chain } = image.layers[level]!;
    groups.set(chain, [...(groups.get(chain) ?? []), image]);
  }
  return [...ended, ...[...groups.values()].flatMap((group) => (group.length > 1 ? together(group, level + 1) : group))];
}

function slabsAt(stacks: readonly ImageStack[], depth: number): Slab[] {
  const slabs: Slab[] = [];
  stacks.forEach(({ layers }, column) => {
    const layer = layers[depth];
    if (layer === undefined) return;
    const last = slabs.at(-1);
    if (last !== undefined && last.column + last.span === column && last.layer.chain === layer.chain) {
      slabs[slabs.length - 1] = { ...last, span: last.span + 1 };
    } else slabs.push({ layer, column, span: 1, depth });
  });
  return slabs;
}

export interface Savings {
  readonly allBytes: number;
  readonly storedBytes: number;
}

/** What they take, and would take without sharing. A registry keeps each blob once, a machine's disk each chain. */
export function savingsOf(images: readonly ImageStack[], isRegistry: boolean): Savings {
  const layers = images.flatMap(({ layers }) => layers);
  const kept = new Map(layers.map((layer) => [isRegistry ? layer.digest : layer.chain, layer.bytes]));
  const sum = (bytes: Iterable<number>) => [...bytes].reduce((total, one) => total + one, 0);
  return { allBytes: sum(layers.map(({ bytes }) => bytes)), storedBytes: sum(kept.values()) };
}
