import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { declarations as kinds } from "../kinds/declarations.ts";
import { apply } from "./apply.ts";
import type { Command } from "./commands.ts";
import { absoluteBoxes, fitFrames, insetsOf, placeFree } from "./layout.ts";
import { freePlace, overlap, type Box } from "./place-free.ts";
import { testDocument } from "./testing/documents.ts";
import { tidied, tidyDrop } from "./tidy-drop.ts";
import type { Topology } from "./topology.ts";

describe("frames are as large as what they hold", () => {
  test("an empty host has its kind's size; one that was dragged larger keeps that", () => {
    const document = testDocument({ a: ["host", null, 0, 0], b: ["host", null, 0, 300, [480, 240]] });
    expect(Object.fromEntries(fitFrames(document, kinds))).toEqual({ a: { width: 324, height: 156 }, b: { width: 480, height: 240 } });
  });

  test("a host holds its VM, which holds its container, each with its strips", () => {
    const document = testDocument({ a: ["host", null, 0, 0], v: ["virtual-machine", "a", 180, 36], w: ["container", "v", 60, 96] });
    // w ends at (204, 168) in v; v is 12 wider and 36 + 12 taller, ends at (396, 252) in a; a is 12 wider and 24 + 12 taller.
    expect(Object.fromEntries(fitFrames(document, kinds))).toEqual({ v: { width: 216, height: 216 }, a: { width: 408, height: 288 } });
  });

  test("a host's kernel is a strip; a VM's guest is the taller the heavier it is; a zone has none", () => {
    const foot = (kind: string, settings = {}) => insetsOf({ kind, settings }, kinds).foot;
    expect([foot("zone"), foot("host"), foot("virtual-machine"), foot("virtual-machine", { guestOsMb: 3000 })]).toEqual([0, 24, 36, 60]);
  });

  test("absolute boxes add up the corners of the frames", () => {
    const document = testDocument({ z: ["zone", null, 100, 50], a: ["host", "z", 12, 36], w: ["container", "a", 12, 36] });
    expect(absoluteBoxes(document, kinds).get("w")).toEqual({ x: 124, y: 122, width: 144, height: 72 });
  });
});

describe("the nearest free place", () => {
  const size = { width: 144, height: 72 };
  test("is the wanted one, on the grid", () => {
    expect(placeFree(testDocument({}), kinds, null, size, { x: 100, y: -7 })).toEqual({ x: 96, y: -12 });
  });

  test("is beside what is in the way, a gap apart, and inside the frame", () => {
    const document = testDocument({ a: ["host", null, 0, 0], w: ["container", "a", 12, 36] });
    expect(placeFree(document, kinds, "a", size, { x: 20, y: 40 })).toEqual({ x: 24, y: 120 });
    expect(placeFree(document, kinds, "a", size, { x: 100, y: 36 })).toEqual({ x: 168, y: 36 });
    expect(placeFree(document, kinds, "a", size, { x: 20, y: 40 }, new Set(["w"]))).toEqual({ x: 24, y: 36 });
  });

  const box = fc.record({
    x: fc.integer({ min: -200, max: 200 }),
    y: fc.integer({ min: -200, max: 200 }),
    width: fc.constantFrom(24, 60, 144),
    height: fc.constantFrom(24, 72),
  });
  test.each([1, 2, 3])("is free, and none on the grid is nearer, seed %i", (seed) => {
    const property = fc.property(box, fc.array(box, { maxLength: 12 }), fc.boolean(), (wanted, obstacles, inFrame) => {
      const corner = inFrame ? { x: 12, y: 36 } : null;
      const free = (at: Box) => (corner === null || (at.x >= 12 && at.y >= 36)) && !obstacles.some((other) => overlap(at, other, 12));
      const start = freePlace(wanted, [], corner);
      const found = freePlace(wanted, obstacles, corner);
      expect(free({ ...wanted, ...found })).toBe(true);
      const away = (x: number, y: number) => (x - start.x) * (x - start.x) + (y - start.y) * (y - start.y);
      for (let x = start.x - 480; x <= start.x + 480; x += 12) {
        for (let y = start.y - 480; y <= start.y + 480; y += 12) {
          if (away(x, y) < away(found.x, found.y)) expect(free({ ...wanted, x, y })).toBe(false);
        }
      }
    });
    fc.assert(property, { seed, numRuns: 25 });
  });
});

describe("after a drop nothing overlaps", () => {
  const moves = (document: Topology, moved: readonly string[], grown: readonly string[] = []) =>
    tidyDrop(document, kinds, moved, grown).flatMap((command) => (command.type === "move" ? command.moves : []));

  test("what lies free stays where it was dropped, even off the grid", () => {
    const document = testDocument({ a: ["host", null, 3, 5], w: ["container", "a", 17, 41], v: ["container", "a", 180, 36] });
    expect(moves(document, ["w"])).toEqual([]);
  });

  test("what is dropped onto a sibling goes beside it; the sibling stays", () => {
    const document = testDocument({ a: ["host", null, 0, 0], w: ["container", "a", 12, 36], v: ["container", "a", 90, 40] });
    expect(moves(document, ["v"])).toEqual([{ id: "v", position: { x: 168, y: 36 } }]);
  });

  test("what is dropped over a frame's edge comes inside", () => {
    const document = testDocument({ a: ["host", null, 0, 0], w: ["container", "a", -30, 10] });
    expect(moves(document, ["w"])).toEqual([{ id: "w", position: { x: 12, y: 36 } }]);
  });

  test("a host that grows pushes the one below, which pushes the next, and the zone around them grows with them", () => {
    const document = testDocument({
      z: ["zone", null, 0, 0],
      a: ["host", "z", 12, 36],
      b: ["host", "z", 12, 204],
      c: ["host", "z", 12, 372],
      d: ["dependency", null, 12, 552],
      w: ["container", "a", 12, 36],
      v: ["container", "a", 12, 120],
    });
    const pushed = moves(document, ["v"]);
    expect(pushed).toEqual([
      { id: "b", position: { x: 12, y: 276 } },
      { id: "c", position: { x: 12, y: 444 } },
      { id: "d", position: { x: 12, y: 624 } },
    ]);
  });

  test("a frame dragged larger stays, and its neighbour makes way", () => {
    const document = testDocument({ a: ["host", null, 0, 0, [600, 156]], b: ["host", null, 336, 0] });
    expect(moves(document, [], ["a"])).toEqual([{ id: "b", position: { x: 612, y: 0 } }]);
  });

  test("two that nobody touched may stand closer than a gap", () => {
    const document = testDocument({ a: ["client", null, 0, 0], b: ["client", null, 109, 0], c: ["client", null, 0, 300] });
    expect(moves(document, ["c"])).toEqual([]);
  });
});

describe("a command with its tidying is one step", () => {
  const play = (document: Topology, command: Command) => apply(document, tidied(document, command, kinds), kinds);
  const document = testDocument({ a: ["host", null, 0, 0], b: ["host", null, 0, 168], w: ["container", "a", 12, 36] });

  test("copies find their places, and the frame's neighbour makes way", () => {
    const { document: after } = play(document, { type: "duplicate", ids: ["w"], times: 3 }) as { document: Topology };
    const boxes = [...absoluteBoxes(after, kinds)].filter(([id]) => id.startsWith("w")).map(([, box]) => box);
    expect(boxes).toHaveLength(4);
    for (const [index, box] of boxes.entries()) for (const other of boxes.slice(index + 1)) expect(overlap(box, other, 12)).toBe(false);
    expect(fitFrames(after, kinds).get("a")).toEqual({ width: 636, height: 156 });
  });

  test("a heavier guest pushes what stands below its VM", () => {
    const vms = testDocument({
      a: ["host", null, 0, 0],
      v: ["virtual-machine", "a", 12, 36],
      u: ["virtual-machine", "a", 12, 204],
      w: ["container", "v", 12, 36],
    });
    const { document: after } = play(vms, { type: "configure", id: "v", settings: { guestOsMb: 4096 } }) as { document: Topology };
    expect(after.nodes["u"]?.position).toEqual({ x: 12, y: 240 });
  });

  test("an import stays as it was laid out; a refused command is given back as it is", () => {
    const crowded: Command = { type: "replace", document: testDocument({ a: ["client", null, 0, 0], b: ["client", null, 0, 0] }) };
    expect(tidied(document, crowded, kinds)).toBe(crowded);
    const refused: Command = { type: "rename", id: "w", name: "" };
    expect(tidied(document, refused, kinds)).toBe(refused);
  });
});
