import type { NodeId } from "../../document/topology.ts";
import type { Fact, PartStatus } from "../status.ts";
import type { Build, BuildStep } from "./build.ts";
import type { Digest, Image, Layer } from "./image.ts";

/** As Docker shortens it. */
export const shortDigest = (digest: Digest): string => digest.slice("sha256:".length, "sha256:".length + 12);
const sizeFact = (bytes: number): Fact => ({ key: "image-size", value: bytes / 1e6, unit: "MB" });
const bytesOf = (layers: readonly Layer[]): number => layers.reduce((sum, { bytes }) => sum + bytes, 0);

export function imageFacts(image: Image): Fact[] {
  return [
    { key: "digest", value: shortDigest(image.digest) },
    { key: "image-layers", value: image.layers.length, unit: "count" },
    sizeFact(bytesOf(image.layers)),
  ];
}

/** What is on a machine's disk or in a registry: a name, and the image that it stands for. */
export function taggedParts(tags: ReadonlyMap<string, Digest>, get: (digest: Digest) => Image): PartStatus[] {
  return [...tags].map(([reference, digest]) =>
    part(reference, shortDigest(digest), "image", "idle", [sizeFact(bytesOf(get(digest).layers))]),
  );
}

/** One place where a name stands for an image: two places may have two images under one name. */
export function placedPart(node: NodeId, image: Image): PartStatus {
  return { ...part(node, shortDigest(image.digest), "image", "idle", [sizeFact(bytesOf(image.layers))]), node };
}

/** The stack that a build makes, from the bottom: its base's layers, then what each instruction did. */
export function buildParts({ image, steps }: Build, done: number): PartStatus[] {
  const own = new Set(steps.map(({ layer }) => layer?.digest));
  const base = image.layers.filter(({ digest }) => !own.has(digest));
  return [
    ...base.map((layer) => part(shortDigest(layer.digest), layer.madeBy, "base", "idle", [sizeFact(layer.bytes)])),
    ...steps.map((step, index) => stepPart(step, index, done)),
  ];
}

function stepPart({ line, instruction, layer, cached }: BuildStep, index: number, done: number): PartStatus {
  const facts = layer === null ? [] : [sizeFact(layer.bytes)];
  if (index > done) return part(`${line}`, instruction, "pending", "idle", []);
  if (index === done) return part(`${line}`, instruction, "in-progress", "busy", []);
  const state = cached && layer !== null ? "cached" : (layer?.role ?? "configuration");
  return part(`${line}`, instruction, state, "running", facts);
}

function part(key: string, address: string, state: string, tone: PartStatus["tone"], facts: readonly Fact[]): PartStatus {
  return { key, node: null, incarnation: 0, address, state, tone, pips: null, dueUs: null, facts };
}
