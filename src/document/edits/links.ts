import type { Command } from "../commands.ts";
import type { LinkRecord } from "../topology.ts";
import { own } from "../tree.ts";
import type { Planned } from "./change.ts";
import { linkOf, nextOrder, refused, type Context } from "./context.ts";

type Of<T extends Command["type"]> = Extract<Command, { readonly type: T }>;

export function planLink({ document, namer }: Context, command: Of<"link">): Planned {
  const { from, to, role, settings = {} } = command;
  const id = command.id ?? namer().link(from, to);
  if (own(document.links, id) !== undefined) return refused("duplicate-id", ["links", id], { id });
  const link: LinkRecord = { id, order: nextOrder(document.links), from, to, role, settings };
  return { links: new Map([[id, link]]), created: [id] };
}

/** It stays the same link, with its settings and its scheduled acts. */
export function planReroute(context: Context, command: Of<"reroute">): Planned {
  const link = linkOf(context, command.id);
  if ("error" in link) return link;
  return { links: new Map([[link.id, { ...link, from: command.from ?? link.from, to: command.to ?? link.to }]]) };
}
