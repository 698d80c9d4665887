import { isOpen } from "./nginx-hash.ts";
import type { TargetColumns } from "./target-columns.ts";

/** The first that takes requests, from a place on and round to it; `avoid` only where there is no other. −1: none does. */
export function firstOpen(targets: TargetColumns, members: Int32Array, count: number, from: number, avoid: number): number {
  let avoided = -1;
  for (let step = 0; step < count; step++) {
    const row = members[(from + step) % count]!;
    if (!isOpen(targets, row)) continue;
    if (row !== avoid) return row;
    avoided = row;
  }
  return avoided;
}
