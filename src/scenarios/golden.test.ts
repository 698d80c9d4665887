import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { presetScenarios } from "./preset-scenarios.ts";
import { scenarios, type Scenario } from "./scenarios.ts";
import { storyOf } from "./story.ts";
import { classOf, exampleFolder, playTraced } from "./testing/play.ts";

/**
 * Every scenario gives the trace that is kept in `golden/`: its SHA-256, and its story to be read in a diff. A change
 * that is meant is written down by `UPDATE_GOLDEN=1 npx vitest run src/scenarios`, and read before it is committed.
 */
const fileOf = (id: string) => join(import.meta.dirname, "golden", `${id}.golden.txt`);
const kept = [...scenarios, ...presetScenarios];
const renews = process.env["UPDATE_GOLDEN"] === "1";

function record(scenario: Scenario): string {
  const { simulation, lines } = playTraced(scenario);
  const { issued, served, failed, timedOut, inFlight } = simulation.counters();
  return [
    `${scenario.example}, seed ${simulation.seed}, ${scenario.cold ? "cold, " : ""}${scenario.forSeconds} s`,
    `trace: ${lines.length} lines, SHA-256 ${simulation.digest()}`,
    `requests: ${issued} issued, ${served} served, ${failed} failed, ${timedOut} timed out, ${inFlight} in flight`,
    "",
    storyOf(lines, classOf),
    "",
  ].join("\n");
}

describe("golden traces", () => {
  it("are kept for every example", () => {
    const examples = readdirSync(exampleFolder).filter((name) => name.endsWith(".json") && name !== "index.json");
    expect([...new Set(scenarios.map(({ example }) => `${example}.json`))].sort()).toEqual(examples.sort());
  });

  it.each(kept.map((scenario) => [scenario.id, scenario] as const))("%s", (id, scenario) => {
    const found = record(scenario);
    if (renews) writeFileSync(fileOf(id), found);
    expect(existsSync(fileOf(id)), `${id} has no golden record: UPDATE_GOLDEN=1 writes it`).toBe(true);
    expect(found).toBe(readFileSync(fileOf(id), "utf8"));
  });

  it("are kept for no scenario that is gone", () => {
    const files = readdirSync(join(import.meta.dirname, "golden"));
    expect(files.sort()).toEqual(kept.map(({ id }) => `${id}.golden.txt`).sort());
  });
});
