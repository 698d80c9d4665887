import type { NodeId, Topology } from "../document/topology.ts";
import type { Counters, LogRow, NodeStatus, TimeState } from "../runtime/protocol.ts";
import type { SessionPort } from "../runtime/worker-session.ts";
import { currentDocument, currentSelection } from "../view/state/document-store.ts";
import { run } from "../view/state/run-state.ts";

/** What browser tests may look at, and the session's own port. Nothing of the app reads it. */
export interface Breakwater extends Pick<SessionPort, "send" | "ask" | "listen"> {
  document(): Topology;
  selection(): readonly string[];
  time(): TimeState;
  status(id: NodeId): NodeStatus | null;
  counters(): Counters;
  log(): readonly LogRow[];
  captions(): readonly unknown[];
}

export function exposeForTests(port: SessionPort): void {
  const breakwater: Breakwater = {
    send: (message) => port.send(message),
    ask: (question) => port.ask(question),
    listen: (listener) => port.listen(listener),
    document: currentDocument,
    selection: currentSelection,
    time: () => run.time,
    status: (id) => run.statuses.get(id) ?? null,
    counters: () => run.counters,
    log: () => run.log,
    captions: () => run.captions,
  };
  Object.defineProperty(window, "__breakwater", { value: breakwater });
}
