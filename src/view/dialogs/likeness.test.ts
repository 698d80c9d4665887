import { describe, expect, it } from "vitest";
import { likest, type EntryGroup } from "./likeness.ts";

const entry = (word: string) => ({ id: word, word, run: () => undefined });
const groups: readonly EntryGroup[] = [
  ["Commands", ["Slower", "Faster", "From link to link of a node"].map(entry)],
  ["Go to", ["caller", "front", "visitors → front"].map(entry)],
  ["Examples", ["Failover behind a load balancer"].map(entry)],
];
const found = (typed: string) => likest(groups, typed).map(([heading, entries]) => [heading, entries.map(({ word }) => word)]);

describe("what the command palette finds", () => {
  it("is everything while nothing is typed", () => expect(likest(groups, " ")).toBe(groups));

  it.each([
    ["front", "front"],
    ["FRONT ", "front"],
    ["slow", "Slower"],
    ["load", "Failover behind a load balancer"],
    ["link to", "From link to link of a node"],
    ["caller", "caller"],
  ])("first, for %j, is %j", (typed, first) => expect(likest(groups, typed)[0]?.[1][0]?.word).toBe(first));

  it("leaves out groups in which nothing is like it", () => expect(found("zzz")).toEqual([]));

  it("lists the likest of a group first", () => expect(found("front")[0]).toEqual(["Go to", ["front", "visitors → front"]]));
});
