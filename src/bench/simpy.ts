import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Simulation } from "../engine/simulation.ts";
import { kinds } from "../kinds/registry.ts";
import { queueDocument } from "./documents.ts";
import { atLeast, type Figure } from "./figure.ts";
import { median, seconds } from "./measure.ts";

const rounds = 5;
/** Long enough that each run takes a good part of a second; what is compared is requests a second of wall time. */
const simulatedSeconds = { breakwater: 2000, processes: 50, callbacks: 150 };
const model = join(process.cwd(), "src/bench/simpy_mmc.py");

type Style = "processes" | "callbacks";

interface Run {
  readonly perSecond: number;
  readonly p50Ms: number;
}

/** M/M/10, side by side with SimPy: ours and both of theirs in turn, so that a busy machine slows all three. */
export function simpyFigures(tell: (line: string) => void): Figure[] {
  const python = pythonWithSimpy();
  if (python === null) {
    tell("SimPy is not installed (Debian: python3-simpy3): its two lines are left out.");
    return [];
  }
  play();
  const runs = Array.from({ length: rounds }, () => ({
    breakwater: play(),
    processes: playSimpy(python, "processes"),
    callbacks: playSimpy(python, "callbacks"),
  }));
  const middle = (of: keyof (typeof runs)[number], key: keyof Run): number => median(runs.map((run) => run[of][key]));
  for (const of of ["breakwater", "processes", "callbacks"] as const)
    tell(
      `M/M/10, ${of}: ${Math.round(middle(of, "perSecond"))} requests/s of wall time, median latency ${middle(of, "p50Ms").toFixed(2)} ms`,
    );
  const ratio = (style: Style): number => median(runs.map((run) => run.breakwater.perSecond / run[style].perSecond));
  return [
    atLeast("M/M/10 against SimPy as processes", ratio("processes"), "×", 25),
    atLeast("M/M/10 against SimPy as bare callbacks", ratio("callbacks"), "×", 4),
  ];
}

function play(): Run {
  const simulation = new Simulation({ document: queueDocument(kinds), kinds });
  const wall = seconds(() => void simulation.runUntil(simulatedSeconds.breakwater * 1_000_000));
  const { served, p50Us } = simulation.counters();
  return { perSecond: served / wall, p50Ms: (p50Us ?? NaN) / 1000 };
}

function playSimpy(python: string, style: Style): Run {
  const { stdout, stderr, status } = spawnSync(python, [model, style, String(simulatedSeconds[style])], { encoding: "utf8" });
  if (status !== 0) throw new Error(`SimPy ended badly: ${stderr}`);
  const { served, wallSeconds, p50Ms } = JSON.parse(stdout) as { served: number; wallSeconds: number; p50Ms: number };
  return { perSecond: served / wallSeconds, p50Ms };
}

function pythonWithSimpy(): string | null {
  const found = ["/usr/bin/python3", "python3"].find((python) => spawnSync(python, ["-c", "import simpy"]).status === 0);
  return found ?? null;
}
