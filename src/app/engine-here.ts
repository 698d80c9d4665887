import { Simulation } from "../engine/simulation.ts";
import { kinds } from "../kinds/registry.ts";
import { connectSession } from "../runtime/bridge.ts";
import type { SessionPort } from "../runtime/worker-session.ts";

/** The engine on this thread: the same machines, the same trace. */
export const connectHere = (): SessionPort => connectSession("in-process", (options) => new Simulation({ ...options, kinds }));
