import { expect, test } from "vitest";
import type { Frame, FromSession, NodeStatus } from "../runtime/protocol.ts";
import { frameOf } from "../runtime/testing/frames.ts";
import type { ToPainter } from "../view/overlay/messages.ts";
import { Outlet } from "./outlet.ts";

const index: FromSession = { type: "index", nodes: ["a"], links: [] };
const frame = (hops: number): Frame =>
  frameOf(
    { nowUs: 5, speed: 1, playing: true, faultUs: null },
    { hops: new Float64Array(hops), statuses: [{ id: "a", tone: "dead" } as NodeStatus] },
  );

function outlet() {
  const told: FromSession[] = [];
  const painted: ToPainter[] = [];
  const out = new Outlet((message) => told.push(message));
  return { out, told, painted, painter: { postMessage: (message: ToPainter) => void painted.push(message) } };
}

test("without a painter of its own the page gets each frame whole", () => {
  const { out, told } = outlet();
  for (const message of [index, frame(8), frame(9)]) out.hear(message);
  expect(told.map((message) => (message.type === "frame" ? message.hops.length : message.type))).toEqual(["index", 8, 9]);
});

test("a painter is told each frame's hops and who died, after the list that they point into; the page is told neither", () => {
  const { out, told, painted, painter } = outlet();
  out.hear(index);
  out.paintThrough(painter);
  for (const message of [frame(8), frame(9)]) out.hear(message);
  expect(painted).toMatchObject([
    { type: "index", nodes: ["a"] },
    { type: "beat", beat: { nowUs: 5 }, dead: ["a"] },
    { type: "beat", hops: { length: 9 } },
  ]);
  expect(told.flatMap((message) => (message.type === "frame" ? [message.hops.length] : []))).toEqual([0]);
});
