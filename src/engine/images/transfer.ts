import { chainsOf, configBytes, type Digest, type Image, type Layer } from "./image.ts";

/** A blob on its way: a layer, or (with `layer` null) an image's configuration. */
export interface Blob {
  readonly digest: Digest;
  readonly bytes: number;
  readonly layer: Layer | null;
}

/** What a machine has: whole images, and chains of layers. */
export interface ImageStore {
  hasImage(digest: Digest): boolean;
  hasChain(chain: Digest): boolean;
}

/** What a registry has: a blob belongs to the repositories that it was pushed to or mounted into. */
export interface BlobStore {
  has(repository: string, digest: Digest): boolean;
  hasAnywhere(digest: Digest): boolean;
}

/**
 * What a pull fetches: nothing if the image is there, else its configuration and every layer whose *chain* is not.
 * A changed layer makes all above it new, even where their digests are known ([M] f_docker.json: 24.0 MB, not 3 MB).
 */
export function pullPlan(image: Image, store: ImageStore): Blob[] {
  if (store.hasImage(image.digest)) return [];
  const chains = chainsOf(image.layers);
  const missing = image.layers.filter((_, index) => !store.hasChain(chains[index]!));
  return [configOf(image), ...missing.map(blobOf)];
}

export interface PushPlan {
  readonly uploads: readonly Blob[];
  /** Blobs that another repository of the registry has: they are mounted, and no byte is sent. */
  readonly mounts: readonly Blob[];
}

/** What a push sends: it goes blob by blob, and skips what the repository has. */
export function pushPlan(image: Image, repository: string, registry: BlobStore): PushPlan {
  const lacking = image.layers.map(blobOf).filter(({ digest }) => !registry.has(repository, digest));
  const config = configOf(image);
  return {
    // A configuration is never mounted: Docker looks only for layers in other repositories.
    uploads: [
      ...lacking.filter(({ digest }) => !registry.hasAnywhere(digest)),
      ...(registry.has(repository, config.digest) ? [] : [config]),
    ],
    mounts: lacking.filter(({ digest }) => registry.hasAnywhere(digest)),
  };
}

const blobOf = (layer: Layer): Blob => ({ digest: layer.digest, bytes: layer.bytes, layer });
const configOf = (image: Image): Blob => ({ digest: image.digest, bytes: configBytes, layer: null });
