import type { Checkpointed } from "../kernel/table.ts";
import { chainsOf, type Digest, type Image, type Layer } from "./image.ts";
import type { BlobStore, ImageStore } from "./transfer.ts";
import type { PartStatus } from "../status.ts";
import { taggedParts } from "./image-status.ts";

/** What a machine has on its disk. A shelf is never changed, only replaced, so a checkpoint copies none. */
export interface Shelf {
  /** By reference ("shop/web:1.4"); two references may stand for one image. */
  readonly tags: ReadonlyMap<string, Digest>;
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

const emptyShelf: Shelf = { tags: new Map(), chains: new Set(), cache: new Map() };
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
    const { tags, chains, cache } = this.shelfOf(machine);
    this.shelves.set(machine, {
      tags: new Map(tags).set(reference, image.digest),
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

  /** A machine's disk as a pull sees it. */
  storeOf(machine: number): ImageStore {
    const { tags, chains } = this.shelfOf(machine);
    const digests = new Set(tags.values());
    return { hasImage: (digest) => digests.has(digest), hasChain: (chain) => chains.has(chain) };
  }

  /** A registry as a push sees it. */
  blobsOf(registry: number): BlobStore {
    const { blobs } = this.repositoriesOf(registry);
    return {
      has: (repository, digest) => blobs.get(repository)?.has(digest) ?? false,
      hasAnywhere: (digest) => [...blobs.values()].some((held) => held.has(digest)),
    };
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

  save(): unknown {
    return { known: this.known, shelves: new Map(this.shelves), registries: new Map(this.registries) };
  }

  load(saved: unknown): void {
    const from = saved as { known: Map<Digest, Image>; shelves: Map<number, Shelf>; registries: Map<number, Repositories> };
    this.known = from.known;
    this.shelves = new Map(from.shelves);
    this.registries = new Map(from.registries);
  }
}
