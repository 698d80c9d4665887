import { useCallback, useSyncExternalStore } from "react";
import type { NodeId } from "../../document/topology.ts";
import type { Caption, LogRow, NodeStatus, TimeState } from "../../runtime/protocol.ts";
import { run, topics, type LinkRate, type Route } from "./run-state.ts";
import type { KeyedTopic, Topic } from "./topic.ts";

const noRate: LinkRate = { requests: 0, others: 0 };

/**
 * One thing's status; null until the run knows it. Renders at once when it changes in kind, and never because a figure
 * moves: those of its facts are of the instant at which it changed. Figures are followed by `runEvents`, or one by `useFact`.
 */
export const useNodeStatus = (id: NodeId): NodeStatus | null => useKeyed(topics.state, id, () => run.states.get(id) ?? null);
/** A figure that seldom changes, such as reserved memory. */
export const useFact = (id: NodeId, key: string): number | string | null =>
  useKeyed(topics.status, id, () => run.statuses.get(id)?.facts.find((fact) => fact.key === key)?.value ?? null);
/** Of a link by its id, of a discovered route by its `routeKey`. */
export const useLinkRate = (id: string): LinkRate => useKeyed(topics.linkRates, id, () => run.linkRates.get(id) ?? noRate);
export const useRoutes = (): readonly Route[] => useTopic(topics.routes, () => run.routes);
export const useCaptions = (): readonly Caption[] => useTopic(topics.captions, () => run.captions);
export const useLog = (): readonly LogRow[] => useTopic(topics.log, () => run.log);
export const useTrouble = (): string | null => useTopic(topics.trouble, () => run.trouble);

/** One aspect of the time, which renders when it changes; a clock that runs writes through a ref in `runEvents`. */
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
