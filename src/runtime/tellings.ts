import type { NodeId } from "../document/topology.ts";
import type { LogRow, Tone } from "../engine/status.ts";
import { foreseen, type What } from "../engine/vocabulary.ts";
import type { Fault } from "./faults.ts";

/** What a row says, before it is joined with others of its burst. */
export interface Telling {
  readonly key: string;
  readonly nodes: readonly (NodeId | null)[];
  readonly values: Readonly<Record<string, number | string>>;
  readonly tone: Tone;
}

/** Sentences in which the second node is one of a crowd ("registry heard no heartbeat from web-1 and 2 more"). */
const ofWhom = new Set([
  "missed",
  "passed",
  "passed-over",
  "tried-again",
  "readmitted",
  "registered",
  "anew.registered",
  "withdrawn",
  "expired",
  "critical",
  "passing",
  "warning",
  "deregistered",
  "replicates",
]);
const ofTargets = /\btarget-/u;
/** Sentences that name nobody but those of whom they are true. */
const ofNobodyElse = /(?:starting|booting)$/u;
/** Sentences that are true of one only. */
const ofOne = new Set(["start-refused", "cores-refused", "cores-full", "mended"]);

/** Who is counted in with others of whom the same is said, and what must be the same for that: nobody drops a target for another. */
export function crowdOf({ key, nodes }: Telling): { readonly member: NodeId | null; readonly apart: string } {
  const [who = null, whom = null] = nodes;
  if (ofOne.has(key)) return { member: who, apart: `${who} ${whom}` };
  if (ofWhom.has(key) || ofTargets.test(key)) return { member: whom, apart: `of ${who}` };
  return { member: who, apart: ofNobodyElse.test(key) ? "" : `with ${whom}` };
}

/** What an observer was predicted to need, in µs from the instant of what it is to notice. */
export interface Prediction {
  readonly atUs: number;
  readonly fromUs: number;
  /** Infinity: with its next requests, or perhaps. */
  readonly toUs: number;
}

export interface Telltale {
  readonly row: LogRow;
  readonly fault: Fault | null;
  /** Whether the row is the first that shows its fault. */
  readonly opens: boolean;
  readonly predicted: Prediction | null;
  /** The thing was created anew, at a new address: everything but what stands at an address of its own. */
  readonly renewed: boolean;
  /** The same was told of the two nodes before, and it is the same fault still. */
  readonly repeats: boolean;
  /** Checks missed in a row by the pair that the row names. */
  readonly missed: number;
  /** Of the process of which the row speaks, if it has ended. */
  readonly exitCode: number;
}

type Teller = (tale: Telltale) => Telling | null;

const tell = (key: string, tone: Tone, values: Telling["values"] = {}, ...nodes: (NodeId | null)[]): Telling => ({
  key,
  tone,
  values,
  nodes,
});
/** "web-2" alone, "front, web-2": the sentence names who, then whom. */
const plain =
  (key: string, tone: Tone): Teller =>
  ({ row }) =>
    tell(key, tone, {}, row.who, row.whom);

/** The same, with how many. */
const counted =
  (key: string, tone: Tone): Teller =>
  ({ row }) =>
    tell(key, tone, { count: row.a }, row.who, row.whom);

/** A fault's own row opens its story; what else it takes with it is told together. */
const befallen =
  (tone: Tone): Teller =>
  ({ row, fault, opens }) => {
    if (fault === null) return null;
    if (opens) return tell(`fault.${fault.cause}`, tone, { factor: row.a / 1000, count: row.a }, fault.node ?? row.who, row.whom);
    return row.who === fault.node ? null : tell("taken", tone, {}, row.who);
  };

/** What starts anew says so once, as the first thing it does. */
const begun =
  (what: string): Teller =>
  ({ row, fault, renewed }) => {
    // A restart was told when Docker began to wait for it.
    if (what === "starting" && row.b > 0) return null;
    const isFirstStart = fault === null && row.whoIncarnation <= 1 && (what !== "starting" || row.a === 0);
    if (isFirstStart && what === "starting") return null;
    // What waits because of a fault waits from its first moment on: that is no news.
    if (what === "waiting" && row.atUs === fault?.atUs) return null;
    const prefix = isFirstStart ? "" : renewed ? "anew." : "again.";
    return tell(`${prefix}${what}`, "busy", { count: row.a }, row.who, row.whom);
  };

/** Members of one registry. At the beginning nobody leads, and that goes without saying. */
const memberTellers: Partial<Record<What, Teller>> = {
  "election-began": ({ row, fault }) => (fault === null && row.a <= 1 ? null : tell("election-began", "busy", { term: row.a }, row.who)),
  elected: ({ row }) => tell("elected", "running", { term: row.a, votes: row.b }, row.who),
  "quorum-lost": ({ row }) => tell("quorum-lost", "dead", { count: row.a, of: row.b }, row.who),
  // Who lacked nothing has missed nothing.
  follows: ({ row }) => (row.b === 0 ? null : tell("follows", "running", { count: row.b, term: row.a }, row.who, row.whom)),
  "write-refused": plain("write-refused", "dead"),
  "peer-lost": plain("peer-lost", "doubtful"),
  "peer-found": plain("peer-found", "running"),
};

/** Sentinels. That a replica is up to follow the one that it has always followed goes without saying. */
const sentinelTellers: Partial<Record<What, Teller>> = {
  "subjectively-down": plain("subjectively-down", "doubtful"),
  "replica-down": plain("replica-down", "dead"),
  "objectively-down": ({ row }) => tell("objectively-down", "dead", { count: row.a, of: row.b }, row.who, row.whom),
  "failover-began": ({ row }) => tell("failover-began", "busy", { term: row.a }, row.who, row.whom),
  "failover-elected": ({ row }) => tell("failover-elected", "running", { term: row.a, votes: row.b }, row.who),
  "failover-aborted": ({ row }) => tell(`failover-aborted.${row.a}`, "dead", {}, row.who, row.whom),
  promoted: plain("promoted", "running"),
  "switched-master": plain("switched-master", "running"),
  replicates: plain("replicates", "running"),
};

/**
 * What each row about lives has to say. Rows about losses are told together (`burst-of-losses.ts`); those that are
 * not here are told by others: an act by what comes of it, a pull's layers by the card.
 */
export const tellers: Partial<Record<What, Teller>> = {
  act: ({ row: { act, who, whom } }) => {
    if (act === "confirm") return tell("confirmed", "running", {}, who, whom);
    return act === "pause-sending" || act === "resume-sending" ? tell(act, "idle", {}, who) : null;
  },
  removed: befallen("idle"),
  moved: befallen("busy"),
  pulling: begun("pulling"),
  "asking-for-image": plain("asking-for-image", "busy"),
  "layer-lost": ({ row }) => tell("layer-lost", "doubtful", { size: megabytes(row.a) }, row.who),
  "volume-orphaned": ({ row }) => tell("volume-orphaned", "doubtful", { size: megabytes(row.a) }, row.who, row.whom),
  "disk-full": ({ row }) => tell("disk-full", "dead", { used: row.a, limit: row.b }, row.who),
  "volume-kept": ({ row }) => tell("volume-kept", "running", { size: megabytes(row.a) }, row.who, row.whom),
  "volumes-pruned": ({ row }) => tell("volumes-pruned", "idle", { size: megabytes(row.a) }, row.who),
  pruned: ({ row }) => tell("pruned", "idle", { count: row.a, size: megabytes(row.b) }, row.who),
  published: counted("published", "busy"),
  building: counted("building", "busy"),
  built: counted("built", "running"),
  "build-failed": counted("build-failed", "dead"),
  pushed: plain("pushed", "running"),
  "push-failed": plain("push-failed", "dead"),
  predicted: ({ row, fault }) =>
    fault === null || foreseen(row.b) !== "never" ? null : tell("unnoticed", "doubtful", {}, row.who, row.whom),
  "pull-failed": ({ row }) => tell(row.a === 1 ? "pull-failed.never" : "pull-failed", "dead", {}, row.who, row.whom),
  waiting: begun("waiting"),
  starting: begun("starting"),
  booting: begun("booting"),
  up: ({ row, fault, renewed }) => tell(renewed ? "anew.up" : fault === null ? "up" : "again.up", "running", {}, row.who),
  "start-refused": ({ row }) => tell("start-refused", "dead", { wanted: row.a, free: row.b }, row.who, row.whom),
  "cores-refused": ({ row }) => tell("cores-refused", "dead", { wanted: row.a, free: row.b }, row.who, row.whom),
  "cores-full": ({ row }) => tell("cores-full", "doubtful", { count: row.b, cores: row.a }, row.who),
  "cores-free": plain("cores-free", "running"),
  // Of all that a machine stops when it is shut down, each is told of.
  stopping: (tale) => (tale.opens ? befallen("draining")(tale) : tell("fault.stopping", "draining", {}, tale.row.who)),
  "stop-ignored": ({ row }) => tell("stop-ignored", "draining", { graceUs: row.a }, row.who),
  stopped: ({ row }) =>
    row.b > 0
      ? tell("stopped.cut-short", "dead", { count: row.b }, row.who)
      : tell(row.a === 1 ? "restart-called-off" : "stopped", "dead", {}, row.who),
  exited,
  restarting: ({ row, exitCode }) => tell("restarted", "dead", { code: exitCode, waitUs: row.a, count: row.b }, row.who),
  died: (tale) => (outstayed(tale) ? tell("killed-after-grace", "dead", { code: tale.row.a }, tale.row.who) : befallen("dead")(tale)),
  "health-failed": ({ row }) => {
    if (row.a === 0) return tell("health-excused", "busy", {}, row.who);
    return row.a >= row.b ? null : tell("health-failed", "doubtful", { count: row.a, of: row.b }, row.who);
  },
  healthy: plain("healthy", "running"),
  unhealthy: ({ row }) => tell("unhealthy", "doubtful", { count: row.a }, row.who),
  hung: befallen("doubtful"),
  resumed: plain("resumed", "running"),
  slowed: befallen("doubtful"),
  wrecked: (tale) => (tale.fault?.cause === "panic" ? null : befallen("doubtful")(tale)),
  "oom-killed": ({ row }) =>
    tell(row.whom === null ? "oom-killed" : "oom-killed.by-machine", "dead", { used: Math.round(row.a), limit: row.b }, row.who, row.whom),
  "heap-full": ({ row }) => tell("heap-full", "dead", { used: Math.round(row.a), limit: row.b }, row.who),
  "library-missing": plain("library-missing", "dead"),
  "port-taken": ({ row }) => tell("port-taken", "dead", { port: row.a }, row.who, row.whom),
  "path-taken": plain("path-taken", "dead"),
  "cannot-fork": plain("cannot-fork", "dead"),
  "no-space": plain("no-space", "dead"),
  "java-refused": ({ row }) =>
    tell(row.b < row.a ? "java-refused.old" : "java-refused.new", "dead", { java: row.a, has: row.b }, row.who, row.whom),
  panicked: plain("panicked", "dead"),
  repaired: plain("repaired", "running"),
  erring: befallen("doubtful"),
  resetting: befallen("doubtful"),
  failing: befallen("doubtful"),
  "power-lost": befallen("dead"),
  "shutting-down": befallen("draining"),
  "powered-off": plain("powered-off", "dead"),
  isolated: befallen("dead"),
  rejoined: plain("rejoined", "running"),
  cut: befallen("dead"),
  "cut-there": befallen("dead"),
  "cut-back": befallen("dead"),
  mended: plain("mended", "running"),
  missed: ({ row }) => (row.a >= row.b ? null : tell("missed", "doubtful", { count: row.a, of: row.b }, row.who, row.whom)),
  passed: ({ row }) => (row.a >= row.b ? null : tell("passed", "busy", { count: row.a, of: row.b }, row.who, row.whom)),
  "target-added": plain("target-added", "running"),
  "target-removed": ({ row, fault }) => (row.who === fault?.node ? null : tell("target-removed", "idle", {}, row.who, row.whom)),
  "target-down": down,
  "target-up": ({ row, fault }) => tell(fault === null ? "first.target-up" : "target-up", "running", {}, row.who, row.whom),
  // nginx tries a dead target time and again, and passes it over each time: that is one story.
  "passed-over": (tale) => (tale.repeats ? null : passedOver(tale)),
  "tried-again": ({ row, repeats }) => (repeats ? null : tell("tried-again", "busy", {}, row.who, row.whom)),
  readmitted: ({ row, repeats }) =>
    repeats ? null : tell(row.a === 1 ? "readmitted.unseen" : "readmitted", "running", {}, row.who, row.whom),
  drained: plain("drained", "draining"),
  readied: plain("readied", "running"),
  "took-address": ({ row }) => tell(row.a === 1 ? "took-address.back" : "took-address", "running", {}, row.who, row.whom),
  registered: ({ row, renewed }) => tell(renewed ? "anew.registered" : "registered", "running", {}, row.who, row.whom),
  withdrawn: plain("withdrawn", "idle"),
  expired: plain("expired", "dead"),
  critical: plain("critical", "dead"),
  // Of what has just registered that goes without saying.
  passing: ({ row, fault }) => (fault === null ? null : tell("passing", "running", {}, row.who, row.whom)),
  warning: plain("warning", "doubtful"),
  deregistered: ({ row }) => tell("deregistered", "idle", { afterUs: row.a }, row.who, row.whom),
  "self-preservation": ({ row }) => tell("self-preservation", "doubtful", { renewals: row.a, wanted: row.b }, row.who),
  "self-preservation-over": ({ row }) => tell("self-preservation-over", "running", {}, row.who),
  "registry-lost": counted("registry-lost", "doubtful"),
  "registry-found": counted("registry-found", "running"),
  ...memberTellers,
  ...sentinelTellers,
  stale: plain("stale", "dead"),
  resolved: plain("resolved", "running"),
  "first-request": ({ row, fault, renewed }) =>
    fault === null && !renewed ? null : tell(renewed ? "anew.first-request" : "first-request", "running", {}, row.who, row.whom),
};

/** Of a crash loop it is the last end that is noticed, and of a stop the SIGKILL: the instant that was predicted from. */
function measured({ row, fault, predicted }: Telltale): Telling["values"] {
  return fault === null ? {} : { afterUs: row.atUs - Math.max(fault.atUs, predicted?.atUs ?? 0) };
}

function passedOver(tale: Telltale): Telling {
  const { who, whom, a, b } = tale.row;
  return tell("passed-over", "doubtful", { count: a, forUs: b, ...measured(tale) }, who, whom);
}

function down(tale: Telltale): Telling {
  const { row, predicted, missed } = tale;
  const expected = predicted === null || predicted.toUs === Infinity ? {} : { fromUs: predicted.fromUs, toUs: predicted.toUs };
  return tell("target-down", "dead", { count: missed, ...measured(tale), ...expected }, row.who, row.whom);
}

/** The end of a process that stays ended; where it is restarted, the restart tells of it. */
function exited({ row, fault }: Telltale): Telling | null {
  if (row.b === 1) return null;
  const how = isOrderly(fault)
    ? "exited.at-once"
    : row.b === 2
      ? "exited.given-up"
      : row.b === 3
        ? "exited.nobody-types"
        : row.a === 0
          ? "exited.well"
          : "exited";
  return tell(how, "dead", { code: row.a }, row.who);
}

/** SIGKILL, since it had not stopped by the end of its grace. */
const outstayed = ({ row, fault }: Telltale): boolean =>
  row.a > 0 && (fault?.cause === "shut-down" || (fault?.cause === "stop" && row.who === fault.node));

/** It, or what it stood on, was told to stop. */
const isOrderly = (fault: Fault | null): boolean => fault?.cause === "stop" || fault?.cause === "shut-down";

/** To the tenth of a megabyte. */
const megabytes = (kb: number): number => Math.round(kb / 100) / 10;
