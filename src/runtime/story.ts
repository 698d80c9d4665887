import type { ScheduledAct, Topology } from "../document/topology.ts";

/** The same document, in which this happens and nothing else: to be played for a figure, and to be watched. */
export function storyOf(document: Topology, acts: readonly Omit<ScheduledAct, "id" | "order">[]): Topology {
  const schedule = acts.map((act, order): ScheduledAct => ({ ...act, id: `act-${order + 1}`, order }));
  return { ...document, schedule: Object.fromEntries(schedule.map((act) => [act.id, act])) };
}
