import { Simulation } from "../engine/simulation.ts";
import { kinds } from "../kinds/registry.ts";
import { fleetDocument, type FleetSize } from "./documents.ts";
import { atLeast, atMost, type Figure } from "./figure.ts";
import { median, memoryInUse, seconds, times } from "./measure.ts";

const fleet: FleetSize = { balancers: 200, targetsEach: 50, hosts: 200, requestsPerSecond: 0 };
const thousand: FleetSize = { balancers: 20, targetsEach: 50, hosts: 20, requestsPerSecond: 5000 };
const inUs = (simulatedSeconds: number): number => simulatedSeconds * 1_000_000;

/** What ten thousand containers cost: time, memory, and the copies that rewinding needs. */
export function fleetFigures(tell: (line: string) => void): Figure[] {
  return [
    atLeast("10,000 containers, checks only", timesRealTime(fleet, 120, tell), "× real time", 250),
    atLeast("10,000 containers, 50,000 requests/s", timesRealTime({ ...fleet, requestsPerSecond: 50_000 }, 10, tell), "× real time", 10),
    atMost("Engine memory at 10,000 containers", megabytes(), "MB", 60),
    ...checkpointFigures(),
  ];
}

/** Median of five stretches of one run, after a first one that warms up both the fleet and the compiler. */
function timesRealTime(size: FleetSize, stretch: number, tell: (line: string) => void): number {
  const simulation = new Simulation({ document: fleetDocument(kinds, size), kinds });
  const playOn = (): number => seconds(() => void simulation.runUntil(simulation.nowUs + inUs(stretch)));
  playOn();
  const before = simulation.events;
  const walls = times(5, playOn);
  const events = (simulation.events - before) / walls.reduce((sum, wall) => sum + wall, 0);
  const { issued, served, inFlight } = simulation.counters();
  tell(
    `${size.requestsPerSecond} requests/s: ${(events / 1e6).toFixed(2)} million events/s; ${issued} issued, ${served} served, ${inFlight} in flight`,
  );
  return stretch / median(walls);
}

/** What the engine holds once the fleet has run for ten seconds, the document aside. */
function megabytes(): number {
  const document = fleetDocument(kinds, fleet);
  const before = memoryInUse();
  const simulation = new Simulation({ document, kinds });
  simulation.runUntil(inUs(10));
  const used = memoryInUse() - before;
  if (simulation.nowUs !== inUs(10)) throw new Error("The fleet did not reach ten seconds.");
  return used / 1_000_000;
}

function checkpointFigures(): Figure[] {
  const simulation = new Simulation({ document: fleetDocument(kinds, thousand), kinds });
  simulation.runUntil(inUs(10));
  const walls = times(60, () => {
    simulation.runUntil(simulation.nowUs + inUs(0.1));
    let checkpoint = simulation.checkpoint();
    const copying = seconds(() => void (checkpoint = simulation.checkpoint()));
    simulation.runUntil(simulation.nowUs + inUs(0.5));
    return { copying, restoring: seconds(() => simulation.restore(checkpoint)) };
  }).slice(10);
  return [
    atMost("Checkpoint of 1,000 containers", median(walls.map(({ copying }) => copying)) * 1000, "ms", 1),
    atMost("Restore of 1,000 containers", median(walls.map(({ restoring }) => restoring)) * 1000, "ms", 1),
  ];
}
