/// <reference lib="webworker" />
import { Simulation } from "../engine/simulation.ts";
import { kinds } from "../kinds/registry.ts";
import { driveSession } from "../runtime/driver.ts";
import type { FromSession, ToSession } from "../runtime/protocol.ts";

/** The composition root of the worker: the only place there that knows all kinds. */
const scope = self as unknown as DedicatedWorkerGlobalScope;

const session = driveSession({ make: (options) => new Simulation({ ...options, kinds }) }, post);

scope.onmessage = ({ data }: MessageEvent<ToSession>) => session.receive(data);

/** A frame's arrays are handed over; nobody here reads them again. */
function post(message: FromSession): void {
  scope.postMessage(message, message.type === "frame" ? [message.hops.buffer, message.marks.buffer] : []);
}
