import type { Topology } from "../document/topology.ts";
import type { Kinds } from "../engine/kind.ts";
import { Simulation } from "../engine/simulation.ts";
import { BadInput } from "./bad-input.ts";
import type { RunCommand } from "./command.ts";
import { summarize, type Summary } from "./summary.ts";
import { inputsOf } from "./target.ts";
import { TraceWriter } from "./trace-writer.ts";

/** Plays a document as the command says. Throws `BadInput` for acts that cannot be, or a trace that cannot be written. */
export function play(command: RunCommand, document: Topology, kinds: Kinds): Summary {
  const inputs = inputsOf(command.acts, document, kinds);
  const trace = openTrace(command.trace);
  const simulation = new Simulation({
    document,
    kinds,
    inputs,
    onTraceLine: trace.line,
    ...(command.seed === null ? {} : { seed: command.seed }),
    ...(command.cold ? { cold: true } : {}),
  });
  simulation.runUntil(command.forUs);
  return summarize(simulation, command.file, trace.end());
}

function openTrace(path: string | null): TraceWriter {
  try {
    return new TraceWriter(path);
  } catch (error) {
    throw new BadInput("cannot-write", path ?? "", { reason: error instanceof Error ? error.message : String(error) });
  }
}
