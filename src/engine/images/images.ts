import type { Checkpointed } from "../kernel/table.ts";
import { chainsOf, type Digest, type Image, type Layer } from "./image.ts";
import type { BlobStore, ImageStore, PushPlan } from "./transfer.ts";
import type { Fact, PartStatus } from "../status.ts";
import { taggedParts } from "./image-status.ts";

/** What a machine has on its disk. A shelf is never changed, only replaced, so a checkpoint copies none. */
export interface Shelf {
  /** By reference ("shop/web:1.4"); two references may stand for one image. */
  readonly tags: ReadonlyMap<string, Digest>;
  /** Every image, those too that no name stands for any more. */
  readonly images: ReadonlySet<Digest>;
  readonly chains: ReadonlySet<Digest>;
  /** What was built here, by what it was built upon and how. */
  readonly cache: ReadonlyMap<Digest, Layer>;
}

/** What an image registry has. */
export interface Repositories {
  readonly tags: ReadonlyMap<string, Digest>;
  /** The blobs of each repository. */
  readonly blobs: ReadonlyMap<string, ReadonlySet<Digest>>;
}

/** What has gone in and out of an image registry. */
interface Traffic {
  readonly sent: number;
  readonly sentBytes: number;
  readonly received: number;
  readonly receivedBytes: number;
  readonly mounted: number;
}

const noTraffic: Traffic = { sent: 0, sentBytes: 0, received: 0, receivedBytes: 0, mounted: 0 };
const emptyShelf: Shelf = { tags: new Map(), images: new Set(), chains: new Set(), cache: new Map() };
const noRepositories: Repositories = { tags: new Map(), blobs: new Map() };

/** "shop/web:1.4" is the tag 1.4 of the repository shop/web; a registry's port is not a tag. */
export function repositoryOf(reference: string): string {
  const [, repository] = /^(.*?)(?::[^:/]*)?$/.exec(reference)!;
  return repository!;
}

/** Where images are in a run: on machines' disks and in registries. */
export class Images implements Checkpointed {
  /** Every image that there has been. What a digest names never changes, so this only grows, and forks share it. */
  private known = new Map<Digest, Image>();
  private shelves = new Map<number, Shelf>();
  private registries = new Map<number, Repositories>();
  private traffic = new Map<number, Traffic>();
  /** How often a public image has been published anew. */
  private editions = new Map<string, number>();

  get(digest: Digest): Image {
    return this.known.get(digest)!;
  }

  shelfOf(machine: number): Shelf {
    return this.shelves.get(machine) ?? emptyShelf;
  }

  repositoriesOf(registry: number): Repositories {
    return this.registries.get(registry) ?? noRepositories;
  }

  /** The image that a reference stands for on a machine; null: it has none of that name. */
  onMachine(machine: number, reference: string): Image | null {
    return this.lookUp(this.shelfOf(machine).tags, reference);
  }

  inRegistry(registry: number, reference: string): Image | null {
    return this.lookUp(this.repositoriesOf(registry).tags, reference);
  }

  /** A pull or a build has ended: the image is there, and the reference stands for it from now on. */
  shelve(machine: number, reference: string, image: Image): void {
    this.known.set(image.digest, image);
    const { tags, images, chains, cache } = this.shelfOf(machine);
    this.shelves.set(machine, {
      tags: new Map(tags).set(reference, image.digest),
      images: new Set(images).add(image.digest),
      chains: new Set([...chains, ...chainsOf(image.layers)]),
      cache,
    });
  }

  remember(machine: number, cache: ReadonlyMap<Digest, Layer>): void {
    this.shelves.set(machine, { ...this.shelfOf(machine), cache });
  }

  /** A machine that is made anew has an empty disk. */
  clear(machine: number): void {
    this.shelves.delete(machine);
  }

  /** A push has ended: the registry has every blob, and the tag moves. */
  publish(registry: number, reference: string, image: Image): void {
    this.known.set(image.digest, image);
    const { tags, blobs } = this.repositoriesOf(registry);
    const repository = repositoryOf(reference);
    const held = new Set([...(blobs.get(repository) ?? []), image.digest, ...image.layers.map(({ digest }) => digest)]);
    this.registries.set(registry, {
      tags: new Map(tags).set(reference, image.digest),
      blobs: new Map(blobs).set(repository, held),
    });
  }

  nextEdition(reference: string): number {
    const edition = (this.editions.get(reference) ?? 0) + 1;
    this.editions.set(reference, edition);
    return edition;
  }

  /** A machine's disk as a pull sees it. */
  storeOf(machine: number): ImageStore {
    const { images, chains } = this.shelfOf(machine);
    return { hasImage: (digest) => images.has(digest), hasChain: (chain) => chains.has(chain) };
  }

  /** A registry as a push sees it. */
  blobsOf(registry: number): BlobStore {
    const { blobs } = this.repositoriesOf(registry);
    return {
      has: (repository, digest) => blobs.get(repository)?.has(digest) ?? false,
      hasAnywhere: (digest) => [...blobs.values()].some((held) => held.has(digest)),
    };
  }

  /** A registry has sent a blob: a layer, or an image's configuration. */
  sent(registry: number, bytes: number): void {
    const before = this.traffic.get(registry) ?? noTraffic;
    this.traffic.set(registry, { ...before, sent: before.sent + 1, sentBytes: before.sentBytes + bytes });
  }

  received(registry: number, { uploads, mounts }: PushPlan): void {
    const before = this.traffic.get(registry) ?? noTraffic;
    this.traffic.set(registry, {
      ...before,
      received: before.received + uploads.length,
      receivedBytes: uploads.reduce((sum, { bytes }) => sum + bytes, before.receivedBytes),
      mounted: before.mounted + mounts.length,
    });
  }

  trafficFacts(registry: number): Fact[] {
    const { sent, sentBytes, received, receivedBytes, mounted } = this.traffic.get(registry) ?? noTraffic;
    return [
      { key: "blobs-sent", value: sent, unit: "count" },
      { key: "sent-mb", value: sentBytes / 1e6, unit: "MB" },
      { key: "blobs-received", value: received, unit: "count" },
      { key: "received-mb", value: receivedBytes / 1e6, unit: "MB" },
      { key: "blobs-mounted", value: mounted, unit: "count" },
    ];
  }

  /** Every image on a machine's disk, or in a registry, with the names that stand for it. */
  imagesAt(row: number): { readonly image: Image; readonly names: readonly string[] }[] {
    const shelf = this.shelves.get(row);
    const tags = [...(shelf?.tags ?? this.repositoriesOf(row).tags)];
    const digests = shelf?.images ?? new Set(tags.map(([, digest]) => digest));
    return [...digests].map((digest) => ({
      image: this.get(digest),
      names: tags.filter(([, named]) => named === digest).map(([name]) => name),
    }));
  }

  /** `docker image prune`: images that no name stands for and nothing is made of, and every layer that no image left needs. */
  prune(machine: number, inUse: ReadonlySet<Digest>): { readonly images: number; readonly bytes: number } {
    const shelf = this.shelfOf(machine);
    const named = new Set(shelf.tags.values());
    const images = new Set([...shelf.images].filter((digest) => named.has(digest) || inUse.has(digest)));
    const chains = new Set([...images].flatMap((digest) => chainsOf(this.get(digest).layers)));
    const freed = new Map<Digest, number>();
    for (const digest of shelf.images) {
      const { layers } = this.get(digest);
      chainsOf(layers).forEach((chain, index) => chains.has(chain) || freed.set(chain, layers[index]!.bytes));
    }
    this.shelves.set(machine, { ...shelf, images, chains });
    return { images: shelf.images.size - images.size, bytes: [...freed.values()].reduce((sum, bytes) => sum + bytes, 0) };
  }

  /** The images on a machine's disk, by name. */
  partsOn(machine: number): PartStatus[] {
    return taggedParts(this.shelfOf(machine).tags, (digest) => this.get(digest));
  }

  partsIn(registry: number): PartStatus[] {
    return taggedParts(this.repositoriesOf(registry).tags, (digest) => this.get(digest));
  }

  private lookUp(tags: ReadonlyMap<string, Digest>, reference: string): Image | null {
    const digest = tags.get(reference);
    return digest === undefined ? null : this.get(digest);
  }

  save() {
    return {
      known: this.known,
      shelves: new Map(this.shelves),
      registries: new Map(this.registries),
      traffic: new Map(this.traffic),
      editions: new Map(this.editions),
    };
  }

  load(saved: unknown): void {
    const from = saved as ReturnType<Images["save"]>;
    this.known = from.known;
    this.shelves = new Map(from.shelves);
    this.registries = new Map(from.registries);
    this.traffic = new Map(from.traffic);
    this.editions = new Map(from.editions);
  }
}
