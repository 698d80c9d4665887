import { expect, it } from "vitest";
import { parseAssertion, verdict } from "./assertion.ts";
import type { Summary } from "./summary.ts";

const summary: Summary = {
  file: "a.json",
  seed: 1,
  forMs: 60_000,
  events: 1,
  requests: { issued: 200, served: 190, failed: 4, timedOut: 2, inFlight: 4 },
  latencyMs: { p50: 20, p95: 80, p99: null },
  targets: [
    { name: "web-1", balancer: "front", served: 100, failed: 0, state: "up" },
    { name: "web-2", balancer: "front", served: 60, failed: 3, state: "down" },
    { name: "web-2", balancer: "back", served: 30, failed: 1, state: "up" },
  ],
  detections: [
    {
      node: "web-2",
      observer: "front",
      faultAtMs: 10_000,
      detectedAtMs: 12_500,
      foreseen: "in-time",
      predictedMs: [2000, 3000],
      backAtMs: 27_000,
    },
    {
      node: "web-3",
      observer: "front",
      faultAtMs: 20_000,
      detectedAtMs: null,
      foreseen: "in-time",
      predictedMs: [2000, 3000],
      backAtMs: null,
    },
  ],
  traceSha256: "",
};

it.each([
  ["failed<=4", true, 4],
  ["failed<4", false, 4],
  ["failed==4", true, 4],
  ["failed!=4", false, 4],
  ["lost>=6", true, 6],
  ["failed<=2%", true, 2],
  ["timedOut > 1%", false, 1],
  ["p95<100ms", true, 80],
  ["p95<0.1s", true, 80],
  ["p50>=20", true, 20],
  ["p99<1h", false, null],
  ["served(web-2)==90", true, 90],
  ["failed(web-2)<=3", false, 4],
  ["served(web-9)>=0", false, null],
  ["detection(web-2)<=3s", true, 2500],
  ["recovery(web-2)<=17s", true, 17_000],
  ["detection<=1h", false, Infinity],
  ["detection(web-9)<=1h", false, null],
])("%s: %s, for it measured %s", (text, holds, measured) => {
  expect(verdict(parseAssertion(text), summary)).toEqual({ text, holds, measured });
});
