/// <reference lib="webworker" />
import { Simulation } from "../engine/simulation.ts";
import { kinds } from "../kinds/registry.ts";
import { driveSession } from "../runtime/driver.ts";
import type { ToWorker } from "../runtime/worker-session.ts";
import { Outlet } from "./outlet.ts";

/** The composition root of the worker: the only place there that knows all kinds. */
const scope = self as unknown as DedicatedWorkerGlobalScope;

const outlet = new Outlet((message, transfer) => scope.postMessage(message, transfer));
const session = driveSession({ make: (options) => new Simulation({ ...options, kinds }) }, (message) => outlet.hear(message));

scope.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === "paint through") outlet.paintThrough(data.port as MessagePort);
  else session.receive(data);
};
