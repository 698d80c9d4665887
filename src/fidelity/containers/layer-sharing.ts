import { Simulation } from "../../engine/simulation.ts";
import { kinds } from "../../kinds/registry.ts";
import type { Outcome } from "../outcome.ts";
import { NotUnderstood, type RecordedCase } from "../recorded-case.ts";
import { documentOf, link, node } from "../rig/document.ts";

/** What a step moved: blobs and their bytes, manifests, uploads, and blobs mounted from another repository. */
interface Moved {
  readonly blob_gets: number;
  readonly blob_bytes: number;
  readonly manifest_gets: number;
  readonly uploads: number;
  readonly mounts: number;
}

interface Step {
  readonly name: string;
  readonly verb: "push" | "pull";
  readonly image: string;
  readonly moved: Moved;
}

type Images = Readonly<Record<string, readonly string[]>>;
type Sizes = Readonly<Record<string, number>>;

/** A layer is packed with tar and gzip: so much more, or less, for files that do not compress. */
const packing = 0.001;
/** Busybox compresses ([M] f_docker, layer_sharing: the cold pull, without its random layers). */
const compressed: Sizes = { busybox: 1_063_700 / 1_982_256 };

/** Images of shared layers are pushed into a registry, and pulled by another machine: which blobs go, and how many bytes. */
export function playLayerSharing(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "registry_images") return null;
  const { layers_diffids: images, sizes, steps } = recorded.fields as Partial<{ layers_diffids: Images; sizes: Sizes; steps: unknown }>;
  if (images === undefined || sizes === undefined || typeof steps !== "object" || steps === null) return null;
  const wanted = Object.entries(steps).map(([name, moved]) => stepOf(name, moved as Moved, images));
  const bytes = bytesByLayer(images, sizes, wanted);
  const predicted = played(images, bytes, wanted);
  return {
    tolerance: `blobs exact, bytes ±${packing * 100} % of packing`,
    recorded: wanted.map(({ name, moved }) => told(name, moved)).join("; "),
    predicted: wanted.map(({ name }, index) => told(name, predicted[index]!)).join("; "),
    matches: wanted.every(({ moved }, index) => agrees(moved, predicted[index]!)),
  };
}

function stepOf(name: string, moved: Moved, images: Images): Step {
  const found = /^(push|pull) (\S+)/u.exec(name);
  if (found === null || images[found[2]!] === undefined) throw new NotUnderstood(`the step "${name}"`);
  return { name, verb: found[1] as Step["verb"], image: found[2]!, moved };
}

const counts = ["blob_gets", "manifest_gets", "uploads", "mounts"] as const;

function agrees(recorded: Moved, predicted: Moved): boolean {
  const isSame = counts.every((count) => recorded[count] === predicted[count]);
  return isSame && Math.abs(recorded.blob_bytes - predicted.blob_bytes) <= packing * recorded.blob_bytes;
}

const told = (name: string, { blob_gets, blob_bytes, manifest_gets, uploads, mounts }: Moved): string =>
  `${name}: ${blob_gets} blobs ${blob_bytes} B, ${manifest_gets} manifests, ${uploads} uploads, ${mounts} mounts`;

/**
 * How large each layer is. Where the recording names sizes by what is in a layer, it does not say which layer that is:
 * the bytes of the pulls tell.
 */
function bytesByLayer(images: Images, sizes: Sizes, steps: readonly Step[]): ReadonlyMap<string, number> {
  const layers = [...new Set(Object.values(images).flat())];
  if (layers.every((layer) => sizes[layer] !== undefined)) return new Map(layers.map((layer) => [layer, sizes[layer]!]));
  const names = Object.keys(sizes);
  let best: { readonly wrong: number; readonly bytes: ReadonlyMap<string, number> } | null = null;
  for (const contents of assignments(names, layers.length)) {
    const bytes = new Map(layers.map((layer, index) => [layer, packed(contents[index]!, sizes)]));
    const wrong = wrongness(images, bytes, steps);
    if (best === null || wrong < best.wrong) best = { wrong, bytes };
  }
  if (best === null) throw new NotUnderstood("which layer has which size");
  return best.bytes;
}

const packed = (content: string, sizes: Sizes): number => Math.round(sizes[content]! * (compressed[content] ?? 1));

function assignments(names: readonly string[], layers: number): string[][] {
  if (names.length ** layers > 100_000) throw new NotUnderstood("too many layers to tell which has which size");
  let all: string[][] = [[]];
  for (let layer = 0; layer < layers; layer++) all = all.flatMap((some) => names.map((name) => [...some, name]));
  // Every size is some layer's.
  return all.filter((some) => new Set(some).size === Math.min(names.length, layers));
}

/** How far off the bytes of all that is pulled are, step by step, if a chain that was pulled once is not pulled again. */
function wrongness(images: Images, bytes: ReadonlyMap<string, number>, steps: readonly Step[]): number {
  const chains = new Set<string>();
  let wrong = 0;
  for (const { verb, image, moved } of steps) {
    if (verb !== "pull") continue;
    let fetched = 0;
    let chain = "";
    for (const layer of images[image]!) {
      chain = `${chain}/${layer}`;
      if (!chains.has(chain)) fetched += bytes.get(layer)!;
      chains.add(chain);
    }
    wrong += Math.abs(fetched - moved.blob_bytes);
  }
  return wrong;
}

/** Every image is built of the very same files on one machine, pushed from there, and pulled by another. */
function played(images: Images, bytes: ReadonlyMap<string, number>, steps: readonly Step[]): Moved[] {
  const names = Object.keys(images);
  const recipe = (image: string) =>
    ["FROM scratch", ...images[image]!.flatMap((layer) => [`# adds ${bytes.get(layer)! / 1000} kB in 1 ms`, `COPY ${layer} /`])].join("\n");
  const nodes = [
    node("store", "store", 0, {}),
    node("builder", "machine", 1, {}),
    node("puller", "machine", 2, {}),
    ...names.map((image, index) => node(`build-${index}`, "recipe", 3 + index, { tag: image, text: recipe(image) }, "builder")),
    ...names.map((image, index) => node(`run-${index}`, "instance", 100 + index, { image, pull: "always", memoryMb: 1 }, "puller")),
  ];
  const links = ["builder", "puller"].map((machine, index) => link(machine, "store", "pull", index, { latencyMs: 0 }));
  const simulation = new Simulation({ document: documentOf(nodes, links, { start: "cold" }), kinds });
  const go = (seconds: number): void => void simulation.runUntil(simulation.nowUs + seconds * 1_000_000);
  go(1);
  names.forEach((_, index) => simulation.act({ act: "kill", target: `run-${index}` }));
  names.forEach((_, index) => simulation.act({ act: "build", target: `build-${index}` }));
  go(60);
  const figure = (key: string): number => Number(simulation.status("store")!.facts.find((fact) => fact.key === key)!.value);
  const standing = () => ["blobs-sent", "sent-mb", "blobs-received", "blobs-mounted"].map(figure);
  return steps.map(({ verb, image }) => {
    const before = standing();
    const index = names.indexOf(image);
    simulation.act(verb === "push" ? { act: "push", target: `build-${index}` } : { act: "recreate", target: `run-${index}` });
    go(60);
    const [gets, megabytes, uploads, mounts] = standing().map((now, at) => now - before[at]!) as [number, number, number, number];
    // The manifest is fetched where its digest is news: where the configuration is, too.
    return { blob_gets: gets, blob_bytes: Math.round(megabytes * 1e6), manifest_gets: gets > 0 ? 1 : 0, uploads, mounts };
  });
}
