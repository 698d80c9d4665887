import { makeTable } from "./kernel/table.ts";
import { givenSetColumns, policySetColumns, policyTargetColumns } from "./policies/balancing.ts";

/**
 * Plain columns: a check touches few of them, and those of ten thousand targets then fit the cache where whole rows would not
 * (measured: checks 1.15 to 1.2 times as fast as with rows side by side).
 */
const targetColumns = {
  ...policyTargetColumns,
  upstream: "i32",
  /** The next target of its upstream, in the order in which they came (row + 1). */
  next: "i32",
  entity: "i32",
  incarnation: "i32",
  address: "i32",
  link: "i32",
  /** The link that leads to it, if one is drawn (row + 1); 0 for a discovered one. */
  drawn: "i32",
  latencyUs: "i32",
  removed: "i32",
  /** Whether its checks (or its failures) let it take requests; `usable` says whether it does, backups and drains considered. */
  fit: "i32",
  /** 1: it takes requests only while no other can. */
  backup: "i32",
  /** What somebody has decided: see `admin`. */
  admin: "i32",
  /** Its weight as its link says. */
  configuredWeight: "i32",
  /** Its agent: 1 while that says it is down; the share of its weight that it asks for (percent + 1; 0: it asked for none). */
  agentDown: "i32",
  agentPercent: "i32",
  agentGeneration: "i32",
  /** Failures of requests in a row, as HAProxy's `observe` counts them. */
  errors: "i32",
  /** Slow start: since when, and which one it is. */
  warmSinceUs: "f64",
  warmSerial: "i32",
  /** Attempts on it that were tried again, and that were tried elsewhere. */
  retries: "i32",
  redispatches: "i32",
  /** Its health's state, since when, and the check under way. */
  state: "i32",
  /** 1: its state is what was found out about it; 0: no check has ended yet, and it is as targets are at first. */
  examined: "u8",
  sinceUs: "f64",
  generation: "i32",
  checkedUs: "f64",
  nextCheckUs: "f64",
  lastGoodUs: "f64",
  served: "i32",
  failed: "i32",
  rateUntilUs: "f64",
  rateNow: "i32",
  rateBefore: "i32",
} as const;

export function makeTargets() {
  return makeTable(targetColumns);
}
export type Targets = ReturnType<typeof makeTargets>;

/** By these whatever is still on its way for a target is known to be meant for it, and not for whoever has its row next. */
const serials: ReadonlySet<string> = new Set<keyof typeof targetColumns>(["generation", "agentGeneration", "warmSerial"]);

/** Makes a row as good as new. */
export function clearTargetRow(table: Targets, row: number): void {
  for (const name of Object.keys(targetColumns) as (keyof typeof targetColumns)[])
    table[name][row] = serials.has(name) ? table[name][row]! + 1 : 0;
}

export function makeSets() {
  return makeTable({
    ...policySetColumns,
    ...givenSetColumns,
    owner: "i32",
    first: "i32",
    last: "i32",
    luck: "u32",
    draws: "i32",
    algorithm: "u8",
    /** 1: some of its targets are backups, or are drained, or weigh nothing. */
    special: "u8",
    /** Envoy: while fewer of its targets are fit than so many per cent, all of them take requests; 0: never. */
    panic: "u8",
    /** 1: all backups help out together (nginx), not only the first of them (HAProxy). */
    allBackups: "u8",
    version: "i32",
  });
}

/** What somebody has decided about a target: nothing; no new requests but those that stick to it; none at all. */
export const admin = { ready: 0, drain: 1, maint: 2 } as const;
