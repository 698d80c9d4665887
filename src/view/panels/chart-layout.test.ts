import { describe, expect, it } from "vitest";
import { boxSize, layOutChart } from "./chart-layout.ts";

const chart = {
  states: ["absent", "starting", "running", "hung", "dead", "lonely"],
  edges: [
    { from: "absent", to: "starting", event: "CREATE" },
    { from: "starting", to: "running", event: "after start" },
    { from: "running", to: "hung", event: "HANG" },
    { from: "hung", to: "running", event: "RESUME" },
    { from: "running", to: "dead", event: "KILL" },
    { from: "hung", to: "dead", event: "KILL" },
    { from: "hung", to: "dead", event: "MACHINE_DOWN" },
    { from: "running", to: "running", event: "TICK" },
  ],
};

describe("a statechart laid out", () => {
  const { boxes, edges, height } = layOutChart(chart);

  it("has every state once, in the order in which they are reached", () => {
    expect(boxes.map((box) => box.state)).toEqual(["absent", "starting", "running", "hung", "dead", "lonely"]);
  });

  it("lets no two boxes overlap, nor any leave the drawing", () => {
    const clash = boxes.flatMap((a) =>
      boxes.filter((b) => a !== b && Math.abs(a.x - b.x) < boxSize.width && Math.abs(a.y - b.y) < boxSize.height),
    );
    expect(clash).toEqual([]);
    expect(Math.max(...boxes.map((box) => box.y + boxSize.height))).toBe(height);
    expect(Math.min(...boxes.map((box) => box.x))).toBe(0);
  });

  it("leads no line behind a state that it does not concern", () => {
    const states = Array.from({ length: 11 }, (_, at) => `s${at}`);
    const all = states.flatMap((from) => states.filter((to) => to !== from).map((to) => ({ from, to, event: "E" })));
    const whole = layOutChart({ states, edges: [...states.slice(1).map((to) => ({ from: "s0", to, event: "E" })), ...all] });
    const crossed = whole.edges.flatMap(({ key, from, to, path }) =>
      whole.boxes.filter((box) => box.state !== from && box.state !== to && runsOver(path, box)).map((box) => `${key} over ${box.state}`),
    );
    expect(whole.edges).toHaveLength(110);
    expect(crossed).toEqual([]);
  });

  it("draws one line for each pair, whatever the number of events, and none from a state to itself", () => {
    expect(edges.map((edge) => edge.key).sort()).toEqual([
      "absent starting",
      "hung dead",
      "hung running",
      "running dead",
      "running hung",
      "starting running",
    ]);
  });
});

/** Whether a path of horizontal and vertical pieces touches a box. */
function runsOver(path: string, box: { readonly x: number; readonly y: number }): boolean {
  const points = [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/gu)].map(([, x, y]) => [Number(x), Number(y)] as const);
  return points.slice(1).some(([x, y], index) => {
    const [fromX, fromY] = points[index]!;
    const isBeside = Math.max(x, fromX) < box.x || Math.min(x, fromX) > box.x + boxSize.width;
    return !isBeside && Math.max(y, fromY) >= box.y && Math.min(y, fromY) <= box.y + boxSize.height;
  });
}
