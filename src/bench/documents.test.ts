import { expect, it } from "vitest";
import { declarations } from "../kinds/declarations.ts";
import { crowdedDocument, fleetDocument, queueDocument } from "./documents.ts";

const counts = ({ nodes, links }: ReturnType<typeof queueDocument>) => [Object.keys(nodes).length, Object.keys(links).length];

it("the bench's documents pass the gate, in the sizes that the bench names", () => {
  expect(counts(queueDocument(declarations))).toEqual([2, 1]);
  expect(counts(crowdedDocument(declarations, 5000))).toEqual([40, 20]);
  const fleet = { balancers: 200, targetsEach: 50, hosts: 200 };
  expect(counts(fleetDocument(declarations, { ...fleet, requestsPerSecond: 0 }))).toEqual([10_400, 10_000]);
  expect(counts(fleetDocument(declarations, { ...fleet, requestsPerSecond: 50_000 }))).toEqual([10_600, 10_200]);
});
