import type { Outcome } from "../outcome.ts";
import { NotUnderstood, has, type RecordedCase } from "../recorded-case.ts";
import { lengthIn, ofRuns, within, type Measured } from "../registry/bands.ts";
import { failOver, type SentinelTimes } from "./sentinel.ts";

/** All that a sentinel does comes round within this: its INFO. */
const periodMs = 10_000;
const plays = 60;

/** A master that is killed, or frozen, under Redis Sentinel. A twenty-fifth either way (SEMANTICS §8 grants a fifth). */
export function playSentinel(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "failover" || !/^redis.*sentinel/iu.test(recorded.meant) || !has(recorded, "runs")) return null;
  const downAfterMs = numberIn(recorded, "down_after") ?? numberIn(recorded, "down-after-milliseconds") ?? 30_000;
  const sentinels = countIn(recorded, /sentinels? ?x ?(\d+)|(\d+) sentinels/iu) ?? 3;
  const quorum = countIn(recorded, /quorum[ _=]*(\d+)/iu) ?? Math.floor(sentinels / 2) + 1;
  if (quorum > sentinels) throw new NotUnderstood("a quorum that there are not sentinels enough for");
  const isClosed = !/SIGSTOP|frozen|hang|pause|blackhole/iu.test(recorded.name);
  const play = (_: unknown, index: number) =>
    failOver({ sentinels, quorum, downAfterMs, isClosed, seed: index + 1, phaseMs: ((index + 0.5) * periodMs) / plays });
  const played = Array.from({ length: plays }, play);
  const measured = names.flatMap(([name, field, time]) => measuredOf(recorded, name, field, played.map(time)));
  if (measured.length === 0) throw new NotUnderstood("no time that a failover has");
  return within(measured);
}

const names: readonly (readonly [name: string, field: string, time: (times: SentinelTimes) => number | null])[] = [
  ["sdown", "sdown", ({ sdown }) => sdown],
  ["odown", "odown", ({ odown }) => odown],
  ["switch", "switch_master", ({ switchMaster }) => switchMaster],
  ["writable", "first_write_ok_on_replica", ({ writable }) => writable],
];

/** A sentinel that hears of the new master before it has heard that others found the old one down has no +odown: those plays have no such time. */
function measuredOf({ fields }: RecordedCase, name: string, field: string, times: readonly (number | null)[]): Measured[] {
  const recorded = ofRuns(fields["runs"], field);
  const seen = times.filter((time) => time !== null);
  if (recorded.length === 0) return [];
  if (2 * seen.length < plays) throw new NotUnderstood(`${name}: in ${plays - seen.length} of ${plays} plays it never happened`);
  const band = [Math.min(...seen), Math.max(...seen)] as const;
  return [{ name, recorded, band, toleranceMs: band[0] / 25 }];
}

/** "down_after_5000", "down-after 5 s", or a field of that name. */
function numberIn({ name, meant, fields }: RecordedCase, word: string): number | null {
  const field = fields[word] ?? fields[`${word}_ms`];
  if (typeof field === "number") return field;
  const text = `${name} ${meant}`;
  const bare = new RegExp(`${word}[ _=]*(\\d+)(?![\\d.]*s)`, "u").exec(text);
  return bare === null ? lengthIn(text, word) : Number(bare[1]);
}

function countIn({ name, meant, fields }: RecordedCase, word: RegExp): number | null {
  const field = fields[word.source.startsWith("quorum") ? "quorum" : "sentinels"];
  if (typeof field === "number") return field;
  const found = word.exec(`${name} ${meant}`);
  return found === null ? null : Number(found[1] ?? found[2]);
}
