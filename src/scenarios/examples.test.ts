import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { admitText } from "../document/admit.ts";
import { absoluteBoxes, fitFrames, gap, isFrame, sizeOf } from "../document/layout.ts";
import { toJson } from "../document/serialise.ts";
import type { NodeId, Topology } from "../document/topology.ts";
import { inOrder } from "../document/tree.ts";
import { warn } from "../document/warn.ts";
import { declarations } from "../kinds/declarations.ts";

const folder = join(import.meta.dirname, "../../public/examples");
const ids = readdirSync(folder)
  .filter((name) => name.endsWith(".json") && name !== "index.json")
  .map((name) => name.slice(0, -".json".length));
const textOf = (id: string) => readFileSync(join(folder, `${id}.json`), "utf8");

function open(id: string): Topology {
  const admission = admitText(textOf(id), declarations);
  if (!admission.ok) throw new Error(`${id}: ${JSON.stringify(admission.errors)}`);
  return admission.document;
}

/** Pairs of nodes of one parent that stand less than a gap apart. */
function crowded(document: Topology): string[] {
  const boxes = absoluteBoxes(document, declarations);
  const nodes = inOrder(document.nodes);
  return nodes.flatMap((one, index) =>
    nodes.slice(index + 1).flatMap((other) => {
      const [a, b] = [boxes.get(one.id)!, boxes.get(other.id)!];
      const apart = a.x + a.width + gap <= b.x || b.x + b.width + gap <= a.x || a.y + a.height + gap <= b.y || b.y + b.height + gap <= a.y;
      return one.parent !== other.parent || apart ? [] : [`${one.id} and ${other.id}`];
    }),
  );
}

const hasSizeOf = (document: Topology, id: NodeId) => {
  const node = document.nodes[id]!;
  return isFrame(node, declarations) ? (fitFrames(document, declarations).get(id) ?? null) : sizeOf(node, declarations);
};

describe("the examples that the app ships", () => {
  it("are at least six, and the index lists every one of them as it calls itself", () => {
    const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as { id: string }[];
    expect(ids.length).toBeGreaterThanOrEqual(6);
    expect(index.map(({ id }) => id).sort()).toEqual([...ids].sort());
    for (const entry of index) {
      const { title, note } = open(entry.id);
      expect(entry).toEqual({ id: entry.id, title, note });
    }
  });

  describe.each(ids)("%s", (id) => {
    it("passes the gate without a warning, and is written as an export would write it", () => {
      const document = open(id);
      expect(warn(document, declarations)).toEqual([]);
      expect(textOf(id)).toBe(toJson(document));
    });

    it("says in both languages what it is", () => {
      const { title, note } = open(id);
      for (const words of [title, note]) {
        expect(words?.en.trim()).toBeTruthy();
        expect(words?.zh).toMatch(/\p{Script=Han}/u);
      }
    });

    it("stands on the grid, nothing on top of anything, each frame as large as what it holds needs", () => {
      const document = open(id);
      for (const node of Object.values(document.nodes)) {
        expect([node.position.x % gap, node.position.y % gap], node.id).toEqual([0, 0]);
        expect(hasSizeOf(document, node.id), node.id).toEqual(node.size ?? sizeOf(node, declarations));
      }
      expect(crowded(document)).toEqual([]);
    });

    it("fits a canvas of 800 × 540 at no less than two thirds of its size", () => {
      const boxes = [...absoluteBoxes(open(id), declarations).values()];
      const width = Math.max(...boxes.map((box) => box.x + box.width)) - Math.min(...boxes.map((box) => box.x));
      const height = Math.max(...boxes.map((box) => box.y + box.height)) - Math.min(...boxes.map((box) => box.y));
      expect(Math.min(800 / width, 540 / height)).toBeGreaterThan(0.66);
    });
  });
});
