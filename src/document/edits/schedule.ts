import type { Command } from "../commands.ts";
import type { ScheduledAct } from "../topology.ts";
import { own } from "../tree.ts";
import type { Planned } from "./change.ts";
import { nextOrder, refused, type Context } from "./context.ts";

type Of<T extends Command["type"]> = Extract<Command, { readonly type: T }>;

export function planSchedule({ document, namer }: Context, { act }: Of<"schedule">): Planned {
  const id = namer().act();
  return { schedule: new Map([[id, { ...act, id, order: nextOrder(document.schedule) }]]), created: [id] };
}

export function planReschedule({ document }: Context, { id, change }: Of<"reschedule">): Planned {
  const row = own(document.schedule, id);
  if (row === undefined) return refused("unknown-scheduled-act", ["schedule", id], { id });
  const { amount: kept, ...rest } = row;
  const { amount = kept, ...others } = change;
  const changed: ScheduledAct = { ...rest, ...others, ...(amount == null ? {} : { amount }) };
  return { schedule: new Map([[id, changed]]) };
}

export function planUnschedule({ document }: Context, { ids }: Of<"unschedule">): Planned {
  return { schedule: new Map(ids.filter((id) => own(document.schedule, id) !== undefined).map((id) => [id, null])) };
}
