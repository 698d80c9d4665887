import { Simulation } from "../engine/simulation.ts";
import { kinds } from "../kinds/registry.ts";
import type { MakeEngine } from "../runtime/engine-port.ts";

/** The engine on this thread: the same machines, the same trace. */
export const makeEngine: MakeEngine = (options) => new Simulation({ ...options, kinds });
