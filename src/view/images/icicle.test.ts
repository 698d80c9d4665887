import { expect, test } from "vitest";
import type { ImageStack } from "../../runtime/protocol.ts";
import { icicleOf, savingsOf } from "./icicle.ts";

/** "os dep app": a layer's digest is its word, its chain all words up to it, and it has a byte for each letter. */
function stack(name: string, text: string): ImageStack {
  const words = text.split(" ");
  const layers = words.map((word, index) => ({
    chain: words.slice(0, index + 1).join("/"),
    digest: word,
    bytes: word.length,
    role: "code" as const,
    madeBy: word,
  }));
  return { digest: name, names: [name], layers, command: null, instances: [] };
}

const told = (images: readonly ImageStack[]) => {
  const { stacks, slabs } = icicleOf(images);
  return [
    stacks.map(({ digest }) => digest).join(" "),
    ...slabs.map(({ layer, column, span, depth }) => `${depth}: ${layer.digest} under ${column}+${span}`),
  ];
};

test("images that begin alike stand together, on one slab for each layer that they share", () => {
  expect(told([stack("a", "os dep one"), stack("x", "other one"), stack("b", "os dep two")])).toEqual([
    "a b x",
    "0: os under 0+2",
    "0: other under 2+1",
    "1: dep under 0+2",
    "1: one under 2+1",
    "2: one under 0+1",
    "2: two under 1+1",
  ]);
});

test("an image that another is built upon ends where the other goes on", () => {
  expect(told([stack("app", "os dep"), stack("base", "os")])).toEqual(["base app", "0: os under 0+2", "1: dep under 1+1"]);
});

test("no image, no slab", () => {
  expect(icicleOf([])).toEqual({ stacks: [], slabs: [], depth: 0 });
});

test("a disk shares chains, a registry blobs", () => {
  const images = [stack("a", "os one"), stack("b", "os two"), stack("c", "new one")];
  expect(savingsOf(images, false)).toEqual({ allBytes: 16, storedBytes: 14 });
  expect(savingsOf(images, true)).toEqual({ allBytes: 16, storedBytes: 11 });
});
