import { useCallback } from "react";
import type { NodeId } from "../../document/topology.ts";
import type { Counters } from "../../runtime/protocol.ts";
import { Written } from "../kit/written.tsx";
import { currentCounters, runEvents } from "../state/run-store.ts";

/** A figure of a node's counters, or, of null, of the whole's. */
export function Figure({ of, text }: { readonly of: NodeId | null; readonly text: (counters: Counters) => string }) {
  const follow = useCallback((listener: () => void) => runEvents.onCounters(of, listener), [of]);
  return <Written follow={follow} text={() => text(currentCounters(of))} />;
}
