import type { Patch } from "immer";
import { unreachable } from "../base/assert.ts";
import type { Command, Outcome } from "./commands.ts";
import { carryOut, type Planned } from "./edits/change.ts";
import type { Context } from "./edits/context.ts";
import { planDuplicate, planPaste } from "./edits/copies.ts";
import { planLink, planReroute } from "./edits/links.ts";
import { planAdd, planConfigure, planMove, planRemove, planRename, planResize } from "./edits/nodes.ts";
import { planReschedule, planSchedule, planUnschedule } from "./edits/schedule.ts";
import type { KindMap } from "./kind-declaration.ts";
import { createNamer, type Namer } from "./namer.ts";
import { retiredBy } from "./retired.ts";
import type { Topology } from "./topology.ts";

type Simple = Exclude<Command, { readonly type: "together" }>;

/**
 * Applies a command to a document that was admitted, and gives an admissible one or says why there is none. `taken`
 * are ids that must not be given to anything new, because something that has been removed had them.
 */
export function apply(document: Topology, command: Command, kinds: KindMap, taken: ReadonlySet<string> = new Set()): Outcome {
  if (command.type === "together") return applyEach(document, command.commands, kinds, taken);
  let namer: Namer | null = null;
  const context: Context = { document, kinds, namer: () => (namer ??= createNamer(document, taken)) };
  const planned = plan(context, command);
  return "error" in planned ? planned : carryOut(document, planned, kinds);
}

/** One after the other, each on what the one before has made; all of them or none. */
function applyEach(document: Topology, commands: readonly Command[], kinds: KindMap, taken: ReadonlySet<string>): Outcome {
  let now = document;
  const patches: Patch[] = [];
  let inverse: readonly Patch[] = [];
  const created: string[] = [];
  const used = new Set(taken);
  for (const command of commands) {
    const outcome = apply(now, command, kinds, used);
    if (outcome.error !== undefined) return outcome;
    for (const id of retiredBy(outcome.patches, now)) used.add(id);
    now = outcome.document;
    patches.push(...outcome.patches);
    inverse = [...outcome.inverse, ...inverse];
    created.push(...outcome.created);
  }
  return { document: now, patches, inverse, created };
}

function plan(context: Context, command: Simple): Planned {
  switch (command.type) {
    case "add":
      return planAdd(context, command);
    case "link":
      return planLink(context, command);
    case "reroute":
      return planReroute(context, command);
    case "remove":
      return planRemove(context, command);
    case "move":
      return planMove(context, command);
    case "resize":
      return planResize(context, command);
    case "rename":
      return planRename(context, command);
    case "configure":
      return planConfigure(context, command);
    case "title":
      return { head: { title: command.title } };
    case "note":
      return { head: { note: command.note } };
    case "seed":
      return { head: { seed: command.seed } };
    case "start":
      return { head: { start: command.start } };
    case "schedule":
      return planSchedule(context, command);
    case "reschedule":
      return planReschedule(context, command);
    case "unschedule":
      return planUnschedule(context, command);
    case "paste":
      return planPaste(context, command);
    case "duplicate":
      return planDuplicate(context, command);
    case "replace":
      return { document: command.document };
    default:
      return unreachable(command);
  }
}
