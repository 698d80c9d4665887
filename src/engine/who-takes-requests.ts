import { admin, type makeSets, type Targets } from "./upstream-tables.ts";

type Sets = ReturnType<typeof makeSets>;

/**
 * Who of a set takes requests: all that are fit and ready (or, in Envoy's panic, fit or not); backups only while nobody
 * else does, the first of them (HAProxy) or all (nginx).
 */
export function whoTakesRequests(table: Targets, sets: Sets, set: number, members: Int32Array): boolean[] {
  const inPanic = panics(table, sets, set, members);
  const isReady = (target: number) =>
    (inPanic || table.fit[target] === 1) && table.admin[target] === admin.ready && table.weight[target]! > 0;
  let isNeeded = !members.some((target) => table.backup[target] === 0 && isReady(target));
  return Array.from(members, (target) => {
    if (table.backup[target] === 0) return isReady(target);
    const helps = isNeeded && isReady(target);
    if (helps && sets.allBackups[set] === 0) isNeeded = false;
    return helps;
  });
}

function panics(table: Targets, sets: Sets, set: number, members: Int32Array): boolean {
  const percent = sets.panic[set]!;
  if (percent === 0) return false;
  let fit = 0;
  for (const target of members) fit += table.fit[target]!;
  return fit * 100 < percent * members.length;
}
