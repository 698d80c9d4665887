import { useEffect, useState } from "react";
import type { NodeId } from "../../document/topology.ts";
import type { Ask, NodeDetail } from "../../runtime/protocol.ts";
import { ask, useNodeStatus, useTimeOf } from "./run-store.ts";

const everyMs = 500;

type AboutNode = Extract<Ask, { readonly id: NodeId }>["about"];

/**
 * What the run knows of one node beyond its status; `Value` is what the protocol's `Answer` says for this ask. Asked again
 * when its status changes, twice a second while time passes, and wherever time is made to stand.
 */
export function useAnswer<Value>(about: AboutNode, id: NodeId | null): Value | null {
  const [answer, setAnswer] = useState<{ readonly id: NodeId; readonly value: Value } | null>(null);
  const status = useNodeStatus(id ?? "");
  const playing = useTimeOf((time) => time.playing);
  const stoodAtUs = useTimeOf((time) => (time.playing ? null : time.nowUs));
  const state = status === null ? "" : `${status.incarnation} ${status.state} ${status.sinceUs}`;
  useEffect(() => {
    if (id === null) return;
    let live = true;
    const read = () =>
      void ask<Value>({ about, id }).then((value) => {
        if (live) setAnswer({ id, value });
      });
    read();
    const timer = playing ? setInterval(read, everyMs) : null;
    return () => {
      live = false;
      if (timer !== null) clearInterval(timer);
    };
  }, [about, id, state, playing, stoodAtUs]);
  return answer?.id === id ? answer.value : null;
}

export const useNodeDetail = (id: NodeId): NodeDetail | null => useAnswer<NodeDetail | null>("node", id);
