import { describe, expect, test } from "vitest";
import { counterScale, detailAt, presenterScale, typeScale } from "./lod.ts";
import { fitName, nameWidth } from "../kit/name-fit.ts";
import { partRows } from "../kit/part-rows.ts";
import type { PartStatus, Tone } from "../../runtime/protocol.ts";
import { firstOf, nextInDirection, spotOf } from "./walk.ts";

describe("walking from node to node", () => {
  const spots = new Map([
    ["visitors", { x: 0, y: 100 }],
    ["front", { x: 200, y: 110 }],
    ["web-1", { x: 400, y: 20 }],
    ["web-2", { x: 400, y: 130 }],
    ["registry", { x: 220, y: 300 }],
  ]);
  test.each([
    ["visitors", "right", "front"],
    ["front", "right", "web-2"],
    ["front", "down", "registry"],
    ["web-2", "up", "web-1"],
    ["web-1", "left", "front"],
    ["visitors", "left", null],
  ] as const)("%s %s → %s", (from, direction, to) => expect(nextInDirection(spots, from, direction)).toBe(to));

  test("Tab comes in at the top left", () => expect(firstOf(spots)).toBe("visitors"));
  test("a frame counts by its title", () => expect(spotOf({ x: 0, y: 0, width: 400, height: 300 }, true)).toEqual({ x: 80, y: 18 }));
});

describe("level of detail", () => {
  test.each([
    [1, "card"],
    [0.75, "card"],
    [0.74, "chip"],
    [0.4, "chip"],
    [0.39, "glyph"],
    [0.22, "glyph"],
    [0.2, "far"],
  ] as const)("zoom %s is drawn as %s", (zoom, detail) => expect(detailAt(zoom)).toBe(detail));

  test.each([0.7, 0.5, 0.3, 0.12])("11.5 px type at zoom %s stays 11 px on screen", (zoom) => {
    expect(11.5 * counterScale(zoom) * zoom).toBeGreaterThan(11);
    expect(11.5 * counterScale(zoom) * zoom).toBeLessThan(12.1);
  });
});

describe("type on whole cards", () => {
  test.each([1.5, 1, 0.9, 0.8, 0.75])("at zoom %s is at least 11 px on screen, and no larger than drawn at life size", (zoom) => {
    expect(11.5 * typeScale(zoom) * zoom).toBeGreaterThanOrEqual(11);
    expect(typeScale(1)).toBe(1);
  });
});

describe("type for the back row", () => {
  test.each([
    [1.5, 1080],
    [1.2, 720],
    [1.1, 720],
  ])("at zoom %s in a window of %s px is 2.6 % of its height", (zoom, height) => {
    expect(12 * presenterScale(zoom, height) * zoom).toBeGreaterThanOrEqual(height * 0.026 * 0.92);
  });
});

describe("names", () => {
  test("keep their number when they are cut", () => {
    expect(fitName("product-recommendation-service-12", 120)).toMatch(/^product-.*…-12$/u);
    expect(fitName("商品推荐与搜索服务实例-2", 100)).toMatch(/^商品.*…-2$/u);
    expect(nameWidth(fitName("商品推荐与搜索服务实例-2", 100))).toBeLessThanOrEqual(100);
  });
  test("stay whole where they fit", () => expect(fitName("web-1", 100)).toBe("web-1"));
});

describe("rows of a card", () => {
  const part = (key: string, tone: Tone): PartStatus => ({
    ...{ key, tone, node: key, incarnation: 0, address: "", state: "up", pips: null, dueUs: null, facts: [] },
  });
  const place = (order: string) => (it: PartStatus) => ({ x: 0, y: order.indexOf(it.key) });

  test("come in the order in which their nodes stand", () => {
    const rows = partRows([part("a", "running"), part("b", "running")], 8, place("ba"));
    expect(rows.shown.map(({ key }) => key)).toEqual(["b", "a"]);
  });

  test("short of room, well ones go first", () => {
    const rows = partRows([part("a", "running"), part("b", "running"), part("c", "dead"), part("d", "running")], 3, place("abcd"));
    expect([rows.shown.map(({ key }) => key), rows.folded, rows.more]).toEqual([["a", "c"], 2, 0]);
  });

  test("of too many only the unwell are shown, and the well are counted", () => {
    const many = [..."abcdefghijk"].map((key) => part(key, key === "c" || key === "h" ? "dead" : "running"));
    const rows = partRows(many, 8, place("abcdefghijk"));
    expect([rows.shown.map(({ key }) => key), rows.folded]).toEqual([["c", "h"], 9]);
  });
});
