import { useEffect, useState } from "react";
import type { NodeId } from "../../document/topology.ts";
import type { Ask, Journey, NodeDetail } from "../../runtime/protocol.ts";
import { ask, useNodeStatus, useTimeOf } from "./run-store.ts";

const everyMs = 500;

type AboutNode = Extract<Ask, { readonly id: NodeId }>["about"];

interface Manner<Value> {
  /** What else makes the answer another one, as a text that then changes. */
  readonly since?: string;
  /** Whether time that passes changes nothing more about it; by default it may always. */
  readonly isSettled?: (value: Value) => boolean;
}

/**
 * What the run answers; `Value` is what the protocol's `Answer` says for this question. Asked again twice a second while
 * time passes, and wherever time is made to stand. `undefined` while the first answer is awaited.
 */
function useAsked<Value>(question: Ask | null, { since = "", isSettled }: Manner<Value>): Value | undefined {
  const asked = question === null ? null : JSON.stringify(question);
  const [answer, setAnswer] = useState<{ readonly asked: string; readonly value: Value } | null>(null);
  const playing = useTimeOf((time) => time.playing);
  const stoodAtUs = useTimeOf((time) => (time.playing ? null : time.nowUs));
  const known = answer?.asked === asked ? answer?.value : undefined;
  const mayChange = known === undefined || isSettled?.(known) !== true;
  useEffect(() => {
    if (asked === null) return;
    let live = true;
    const read = () =>
      void ask<Value>(JSON.parse(asked) as Ask).then((value) => {
        if (live) setAnswer({ asked, value });
      });
    read();
    const timer = playing && mayChange ? setInterval(read, everyMs) : null;
    return () => {
      live = false;
      if (timer !== null) clearInterval(timer);
    };
  }, [asked, since, playing, stoodAtUs, mayChange]);
  return known;
}

/** What the run knows of one node beyond its status; asked again also when that changes. */
export function useAnswer<Value>(about: AboutNode, id: NodeId | null): Value | null {
  const status = useNodeStatus(id ?? "");
  const since = status === null ? "" : `${status.incarnation} ${status.state} ${status.sinceUs}`;
  return useAsked<Value>(id === null ? null : { about, id }, { since }) ?? null;
}

export const useNodeDetail = (id: NodeId): NodeDetail | null => useAnswer<NodeDetail | null>("node", id);

/** One request's way; `null` when nothing is held of it. Once it has ended nothing more is asked: its rows may be dropped. */
export function useJourney(request: { readonly client: NodeId; readonly number: number } | null): Journey | null | undefined {
  const question: Ask | null = request === null ? null : { about: "journey", client: request.client, number: request.number };
  return useAsked<Journey | null>(question, { isSettled: (journey) => journey !== null && journey.outcome !== "in flight" });
}
