import { describe, expect, it } from "vitest";
import { hashString, uniform } from "../base/random.ts";
import type { Checkpoint, Simulation } from "../engine/simulation.ts";
import type { LogRow } from "../engine/status.ts";
import { scenarios, type Scenario } from "./scenarios.ts";
import { begin, endOf, inputsOf } from "./testing/play.ts";

type Coming = ReturnType<typeof inputsOf>;

const wanted = new Map<string, string>();

/** Played in one go: what every other way of playing must give. */
function digestOf(scenario: Scenario): string {
  const known = wanted.get(scenario.id) ?? finish(begin(scenario), scenario);
  wanted.set(scenario.id, known);
  return known;
}

function finish(simulation: Simulation, scenario: Scenario): string {
  simulation.runUntil(endOf(scenario));
  return simulation.digest();
}

/** Plays on to an instant, doing by hand on the way what is to be done after now. */
function playTo(simulation: Simulation, untilUs: number, coming: Coming): void {
  for (const input of coming) {
    if (input.atUs <= simulation.nowUs || input.atUs > untilUs || !("act" in input)) continue;
    simulation.runUntil(input.atUs - 1);
    simulation.act(input.act);
  }
  simulation.runUntil(untilUs);
}

/** Reads whatever can be read of a run. */
function lookAtAll(simulation: Simulation): void {
  simulation.feed.takeHops();
  simulation.feed.takeMarks();
  simulation.takeChanged();
  for (const node of simulation.nodeIds) {
    simulation.status(node);
    simulation.chart(node);
    simulation.countersOf(node);
  }
  for (const read of ["counters", "detections", "targets", "routes", "linkRates", "digest"] as const) simulation[read]();
}

/** The rows since then, without their causes: a fork's journal begins at the fork, so it cannot name what was before. */
function rowsSince(simulation: Simulation, id: number): Omit<LogRow, "cause">[] {
  const rows: Omit<LogRow, "cause">[] = [];
  for (const row of simulation.journal.kept(id)) {
    const { cause: _, ...rest } = simulation.journal.row(row)!;
    rows.push(rest);
  }
  return rows;
}

const stateOf = (simulation: Simulation) => ({
  counters: simulation.counters(),
  events: simulation.events,
  targets: simulation.targets(),
  nodes: simulation.nodeIds.map((id) => [simulation.status(id), simulation.countersOf(id)]),
});

describe.each(scenarios.map((scenario) => [scenario.id, scenario] as const))("%s gives the same trace", (_, scenario) => {
  const endUs = endOf(scenario);

  it("with the same seed again, and another one with another, unless nothing is left to chance", () => {
    expect(finish(begin(scenario), scenario)).toBe(digestOf(scenario));
    expect(finish(begin(scenario, { seed: 1_000_003 }), scenario) === digestOf(scenario)).toBe(scenario.isFixed === true);
  });

  it("with the machine-host's memory off: XState decides every transition anew", () => {
    expect(finish(begin(scenario, { memory: false }), scenario)).toBe(digestOf(scenario));
  });

  it("with somebody watching", () => {
    const simulation = begin(scenario, { watch: true });
    for (let untilUs = 0; untilUs <= endUs; untilUs += 700_001) {
      simulation.runUntil(untilUs);
      lookAtAll(simulation);
    }
    expect(finish(simulation, scenario)).toBe(digestOf(scenario));
  });

  it("at any speed: in frames of any length, so many events at a time, or step by step", () => {
    let drawn = 0;
    const draw = () => uniform(hashString(scenario.id), drawn++);
    const simulation = begin(scenario);
    while (simulation.nowUs < endUs) {
      const untilUs = Math.min(endUs, simulation.nowUs + Math.floor(10 ** (draw() * 7)));
      const way = Math.floor(draw() * 3);
      if (way === 0) simulation.runUntil(untilUs);
      else if (way === 1) while (!simulation.runUntil(untilUs, 1 + Math.floor(draw() * 50)));
      else for (let left = 20; left > 0 && simulation.nextEventUs() <= endUs; left--) simulation.step();
    }
    expect(finish(simulation, scenario)).toBe(digestOf(scenario));
  });

  it("with its acts done by hand instead of given beforehand", () => {
    const simulation = begin(scenario, { inputs: [] });
    playTo(simulation, endUs, inputsOf(scenario));
    expect(simulation.digest()).toBe(digestOf(scenario));
    expect(simulation.inputs).toEqual(inputsOf(scenario));
  });

  it("after a restore from any of twenty-four checkpoints, in any order", () => {
    const coming = inputsOf(scenario);
    const simulation = begin(scenario, { inputs: [] });
    const checkpoints = checkpointsOf(simulation, coming, endUs, 24);
    playTo(simulation, endUs, coming);
    const state = stateOf(simulation);
    for (let index = 0; index < checkpoints.length; index++) {
      const checkpoint = checkpoints[(index * 7) % checkpoints.length]!;
      simulation.restore(checkpoint);
      expect([simulation.nowUs, simulation.events]).toEqual([checkpoint.atUs, checkpoint.events]);
      playTo(simulation, endUs, coming);
      expect(simulation.digest(), `restored to ${checkpoint.atUs} µs`).toBe(digestOf(scenario));
    }
    expect(stateOf(simulation)).toEqual(state);
  });

  it("in a fork, row by row, while the run that it left goes its own way", () => {
    const coming = inputsOf(scenario);
    const simulation = begin(scenario, { inputs: [] });
    playTo(simulation, Math.floor(endUs * 0.37), coming);
    const fork = simulation.fork();
    const since = simulation.journal.length;
    playTo(simulation, endUs, coming);
    playTo(fork, endUs, coming);
    expect(stateOf(fork)).toEqual(stateOf(simulation));
    expect(rowsSince(fork, since)).toEqual(rowsSince(simulation, since));
  });
});

describe("the failover gives the same trace", () => {
  const failover = scenarios[0]!;

  it.each([1, 1000, 16_667, 333_333, 7_000_001])("frame by frame, %i µs each", (frameUs) => {
    const simulation = begin(failover);
    const framesUntilUs = Math.min(endOf(failover), frameUs * 500_000);
    for (let untilUs = 0; untilUs < framesUntilUs; untilUs += frameUs) simulation.runUntil(untilUs);
    expect(finish(simulation, failover)).toBe(digestOf(failover));
  });

  it.each([1, 97, 5000])("stopped after every %i events", (events) => {
    const simulation = begin(failover);
    while (!simulation.runUntil(endOf(failover), events));
    expect(simulation.nowUs).toBe(endOf(failover));
    expect(simulation.digest()).toBe(digestOf(failover));
  });
});

function checkpointsOf(simulation: Simulation, coming: Coming, endUs: number, count: number): Checkpoint[] {
  const checkpoints: Checkpoint[] = [];
  for (let index = 0; index < count; index++) {
    playTo(simulation, Math.floor((endUs * index) / count), coming);
    checkpoints.push(simulation.checkpoint());
  }
  return checkpoints;
}
