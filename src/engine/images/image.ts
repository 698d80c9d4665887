import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { ImageConfig, LayerRole } from "../../document/dockerfile/dockerfile.ts";

/** "sha256:" and 64 hexadecimal digits: what names a blob by what is in it. */
export type Digest = string;

/** One set of files. Its digest depends on what is in it, never on what lies below. */
export interface Layer {
  readonly digest: Digest;
  readonly bytes: number;
  readonly role: LayerRole;
  /** The instruction that made it, as it stands in the Dockerfile. */
  readonly madeBy: string;
}

/** An image: layers, the lowest first, and a configuration. It never changes; another one has another digest. */
export interface Image {
  readonly digest: Digest;
  readonly layers: readonly Layer[];
  readonly config: ImageConfig;
}

/** The configuration is a blob of its own; its size is of the order of what Docker's are. */
export const configBytes = 1500;

export function digestOf(text: string): Digest {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(text)))}`;
}

/** OCI image specification: an image is named by its configuration, which lists the layers in order. */
export function imageOf(layers: readonly Layer[], config: ImageConfig): Image {
  return { digest: digestOf(JSON.stringify([config, layers.map(({ digest }) => digest)])), layers, config };
}

/**
 * OCI image specification, ChainID: the first layer is its own chain, and each later one's names it and all that lies
 * below. Docker's classic store keeps layers by their chain ([M] f_docker.json, layer_sharing).
 */
export function chainsOf(layers: readonly Pick<Layer, "digest">[]): Digest[] {
  const chains: Digest[] = [];
  for (const { digest } of layers) {
    const below = chains.at(-1);
    chains.push(below === undefined ? digest : digestOf(`${below} ${digest}`));
  }
  return chains;
}
