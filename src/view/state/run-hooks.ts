import { useCallback, useSyncExternalStore } from "react";
import type { LinkId, NodeId } from "../../document/topology.ts";
import type { Caption, Counters, LogRow, NodeStatus, TimeState } from "../../runtime/protocol.ts";
import { noCounters, run, topics, type LinkRate, type Route } from "./run-state.ts";
import type { KeyedTopic, Topic } from "./topic.ts";

const noRate: LinkRate = { requests: 0, others: 0 };

/** One thing's status; null until the run knows it. Renders at once when it changes in kind, else at most 10 times a second. */
export const useNodeStatus = (id: NodeId): NodeStatus | null => useKeyed(topics.status, id, () => run.statuses.get(id) ?? null);
export const useNodeCounters = (id: NodeId): Counters => useKeyed(topics.nodeCounters, id, () => run.nodeCounters.get(id) ?? noCounters);
export const useLinkRate = (id: LinkId): LinkRate => useKeyed(topics.linkRates, id, () => run.linkRates.get(id) ?? noRate);
export const useCounters = (): Counters => useTopic(topics.counters, () => run.counters);
/** At most 10 times a second; a clock that runs writes through a ref in `runEvents.onFrame`. */
export const useTime = (): TimeState => useTopic(topics.time, () => run.time);
export const useRoutes = (): readonly Route[] => useTopic(topics.routes, () => run.routes);
export const useCaptions = (): readonly Caption[] => useTopic(topics.captions, () => run.captions);
export const useLog = (): readonly LogRow[] => useTopic(topics.log, () => run.log);
export const useTrouble = (): string | null => useTopic(topics.trouble, () => run.trouble);

/** One aspect of the time, for those who need not render ten times a second. */
export function useTimeOf<Value extends string | number | boolean | null>(aspect: (time: TimeState) => Value): Value {
  return useTopic(topics.time, () => aspect(run.time));
}

function useTopic<Value>(topic: Topic, read: () => Value): Value {
  return useSyncExternalStore(topic.subscribe, read);
}

function useKeyed<Value>(topic: KeyedTopic, key: string, read: () => Value): Value {
  const subscribe = useCallback((listener: () => void) => topic.subscribe(key, listener), [topic, key]);
  return useSyncExternalStore(subscribe, read);
}
