import type { MakeEngine } from "./engine-port.ts";
import { driveSession } from "./driver.ts";
import { Exchange, throughWorker, type SessionPort, type WorkerLike } from "./worker-session.ts";

export type { SessionPort, WorkerLike } from "./worker-session.ts";

export function connectSession(kind: "worker", start: () => WorkerLike): SessionPort;
export function connectSession(kind: "in-process", make: MakeEngine): SessionPort;
export function connectSession(kind: "worker" | "in-process", way: (() => WorkerLike) | MakeEngine): SessionPort {
  return kind === "worker" ? throughWorker((way as () => WorkerLike)()) : inProcess(way as MakeEngine);
}

function inProcess(make: MakeEngine): SessionPort {
  const session = driveSession({ make }, (message) => exchange.hear(message));
  const exchange: Exchange = new Exchange((message) => session.receive(message));
  return exchange.port(() => session.stop());
}
