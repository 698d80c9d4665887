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
