import { describe, expect, test } from "vitest";
import { along, wayOf, straight } from "./curve.ts";
import { facingSides, overlap, type Box } from "./geometry.ts";
import { placeLabels, widthOf } from "./labels.ts";
import { route, type Terrain, type Wire } from "./routing.ts";

const card = (x: number, y: number): Box => ({ x, y, width: 144, height: 72 });

function terrain(
  boxes: Record<string, Box>,
  parents: Record<string, string> = {},
  exits: Record<string, [string, number][]> = {},
): Terrain {
  return {
    box: (id) => boxes[id],
    parent: (id) => parents[id] ?? null,
    gathers: (id) => id.startsWith("host"),
    exits: (id) => (exits[id] ? new Map(exits[id]) : undefined),
    obstacles: Object.entries(boxes).map(([id, box]) => ({ id, box })),
    chosen: new Map(),
    before: new Map(),
    inMotion: false,
  };
}

const wire = (from: string, to: string): Wire => ({ key: `${from}>${to}`, from, to, weight: 1 });

describe("sides", () => {
  test.each([
    ["to the right", card(300, 20), ["right", "left"]],
    ["to the left", card(-300, 0), ["left", "right"]],
    ["below", card(10, 200), ["bottom", "top"]],
    ["above", card(-10, -200), ["top", "bottom"]],
    ["far right and far below: across", card(260, 400), ["right", "left"]],
  ])("%s", (_, to, sides) => expect(facingSides(card(0, 0), to as Box)).toEqual(sides));
});

describe("ways", () => {
  test("points lie at equal distances and end at the ends", () => {
    const way = wayOf([straight({ x: 0, y: 0 }, { x: 100, y: 0 }), straight({ x: 100, y: 0 }, { x: 100, y: 300 })]);
    expect(way.length).toBeCloseTo(400, 1);
    expect(along(way, 0)).toEqual({ x: 0, y: 0 });
    expect(along(way, 0.25)).toMatchObject({ x: 100, y: 0 });
    expect(along(way, 1).y).toBeCloseTo(300, 3);
  });

  test("a single line that can come straight does", () => {
    const way = route([wire("a", "b")], terrain({ a: card(0, 0), b: card(300, 20) })).get("a>b")!;
    expect(along(way, 0).y).toBe(36);
    expect(along(way, 1).y).toBeCloseTo(36, 3);
  });

  test("lines into one port share its last 48 px", () => {
    const ways = route([wire("a", "c"), wire("b", "c")], terrain({ a: card(0, 0), b: card(0, 300), c: card(400, 150) }));
    const before = [...ways.values()].map((way) => along(way, 1 - 40 / way.length));
    expect(before[0]!.y).toBeCloseTo(186, 0);
    expect(before[1]!.y).toBeCloseTo(186, 0);
    expect(along(ways.get("a>c")!, 0.2).y).toBeLessThan(along(ways.get("b>c")!, 0.2).y);
  });

  test("lines of one machine join at its edge: one branch a host", () => {
    const boxes = {
      host: { x: 400, y: 0, width: 200, height: 300 },
      a: card(420, 40),
      b: card(420, 160),
      far: card(400, 500),
      r: card(0, 100),
    };
    const ways = route([wire("a", "r"), wire("b", "r"), wire("far", "r")], terrain(boxes, { a: "host", b: "host" }));
    const crossing = (key: string) => {
      const { points } = ways.get(key)!;
      for (let i = 0; i < points.length; i += 2) if (points[i]! < 396) return points[i + 1]!;
      return NaN;
    };
    expect(crossing("a>r")).toBeCloseTo(crossing("b>r"), -1);
    expect(Math.abs(crossing("a>r") - crossing("far>r"))).toBeGreaterThan(100);
  });

  test("from four on, lines into one machine are one up to its edge, and each goes on unseen", () => {
    const boxes: Record<string, Box> = { front: card(0, 100), host: { x: 400, y: 0, width: 400, height: 300 } };
    const parents: Record<string, string> = {};
    for (const [index, id] of ["a", "b", "c", "d"].entries()) {
      boxes[id] = card(420 + (index % 2) * 160, 40 + Math.floor(index / 2) * 90);
      parents[id] = "host";
    }
    const ways = route(
      [..."abcd"].map((id) => wire("front", id)),
      terrain(boxes, parents),
    );
    expect([...ways.values()].map((way) => way.shown === "")).toEqual([false, true, true, true]);
    const trunkEnd = ways
      .get("front>a")!
      .shown!.match(/-?[\d.]+/gu)!
      .map(Number)
      .slice(-2)[0];
    expect(trunkEnd).toBe(400);
    const { points } = ways.get("front>d")!;
    expect(points.at(-2)).toBeCloseTo(580, 0);
  });

  test("a line leaves at the row that speaks of its target", () => {
    const boxes = { front: { x: 0, y: 0, width: 168, height: 132 }, a: card(300, 0), b: card(300, 200) };
    const ways = route(
      [wire("front", "a"), wire("front", "b")],
      terrain(
        boxes,
        {},
        {
          front: [
            ["a", 42],
            ["b", 62],
          ],
        },
      ),
    );
    expect(along(ways.get("front>a")!, 0)).toEqual({ x: 168, y: 42 });
    expect(along(ways.get("front>b")!, 0)).toEqual({ x: 168, y: 62 });
  });

  test("a line goes around what stands between its ends", () => {
    const boxes = { top: card(0, 0), between: card(0, 150), low: card(0, 300) };
    const { points } = route([wire("top", "low")], terrain(boxes)).get("top>low")!;
    const inside = [...points].some((x, i) => i % 2 === 0 && x > 1 && x < 143 && points[i + 1]! > 151 && points[i + 1]! < 221);
    expect(inside).toBe(false);
  });

  test("nothing is drawn to a node that does not stand", () => {
    expect(route([wire("a", "gone")], terrain({ a: card(0, 0) })).size).toBe(0);
  });
});

describe("labels", () => {
  const bare = { cards: [], strips: [], frames: [] };
  test("stand in the middle unless a card or another label is there", () => {
    const ways = route([wire("a", "b")], terrain({ a: card(0, 0), b: card(600, 0) }));
    const inTheWay = card(300, 0);
    const free = placeLabels([{ key: "a>b", text: "×3" }], ways, bare).get("a>b")!;
    const moved = placeLabels([{ key: "a>b", text: "×3" }], ways, { ...bare, cards: [inTheWay] }).get("a>b")!;
    expect(free.y).toBe(36 - 4 - 9);
    expect(free.x).toBeCloseTo(372, 0);
    expect(overlap({ x: moved.x - 12, y: moved.y - 9, width: 24, height: 18 }, inTheWay)).toBe(false);
  });

  test("rather cross a kernel than hide behind a card", () => {
    const ways = route([wire("a", "b")], terrain({ a: card(0, 0), b: card(200, 0) }));
    const cards = [card(0, 0), card(200, 0), card(0, -84), card(200, -84)];
    const kernel = { x: 0, y: 84, width: 344, height: 24 };
    const at = placeLabels([{ key: "a>b", text: "optional · DNS" }], ways, { ...bare, cards, strips: [kernel] }).get("a>b")!;
    const box = { x: at.x - 52, y: at.y - 9, width: 104, height: 18 };
    expect(cards.some((other) => overlap(box, other))).toBe(false);
  });

  test("a CJK label is measured wider", () => expect(widthOf("异步")).toBeGreaterThan(widthOf("as")));
});
