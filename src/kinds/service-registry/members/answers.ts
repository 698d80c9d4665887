import { hop } from "../../../engine/feed.ts";
import { priority } from "../../../engine/kernel/kernel.ts";
import { code } from "../../../engine/protocol.ts";
import type { Run } from "../../../engine/run.ts";

/** What an instance says to a registry; with several members it is answered whether it was done. */
export const said = { renews: 1, withdraws: 2, closed: 3 } as const;
export type Said = (typeof said)[keyof typeof said];

/** A member tells an instance that what it said was done, or that it can't be done here; or its machine says that nobody listens. */
export function answerInstance(run: Run, member: number, linkRow: number, what: "done" | "refused" | "nobody"): void {
  const { kernel, feed, links, world } = run;
  const link = world.links[linkRow];
  if (link === undefined) return;
  const done = what === "done";
  // Said once, until it is heard again.
  if (what === "refused" && links.isRefused[linkRow] === 0) run.note("write-refused", member, link.from);
  if (what !== "nobody") links.isRefused[linkRow] = done ? 0 : 1;
  kernel.after(link.latencyUs, priority.completion, code.acknowledged, link.from, linkRow, done ? 1 : 0);
  const wire = member === link.to ? linkRow : -1;
  if (feed.on) feed.hop(kernel.nowUs, kernel.nowUs + link.latencyUs, member, link.from, wire, done ? hop.tell : hop.refusal, -1, -1);
}
