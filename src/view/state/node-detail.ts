import { useEffect, useState } from "react";
import type { NodeId } from "../../document/topology.ts";
import type { NodeDetail } from "../../runtime/protocol.ts";
import { ask, useNodeStatus, useTimeOf } from "./run-store.ts";

const everyMs = 500;

/** What the run knows of one node beyond its status. Asked again when its status changes, and twice a second while time passes. */
export function useNodeDetail(id: NodeId): NodeDetail | null {
  const [detail, setDetail] = useState<NodeDetail | null>(null);
  const status = useNodeStatus(id);
  const playing = useTimeOf((time) => time.playing);
  const state = status === null ? "" : `${status.incarnation} ${status.state} ${status.sinceUs}`;
  useEffect(() => {
    let live = true;
    const read = () =>
      void ask<NodeDetail | null>({ about: "node", id }).then((answer) => {
        if (live) setDetail(answer);
      });
    read();
    const timer = playing ? setInterval(read, everyMs) : null;
    return () => {
      live = false;
      if (timer !== null) clearInterval(timer);
    };
  }, [id, state, playing]);
  return detail?.id === id ? detail : null;
}
