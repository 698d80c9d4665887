import type { SettingValues } from "../../document/topology.ts";
import { exactly, type Outcome } from "../outcome.ts";
import { has, NotUnderstood, type RecordedCase } from "../recorded-case.ts";
import { balancerSettings, haproxyOptions } from "../rig/haproxy-options.ts";
import { Rig } from "../rig/rig.ts";

/** What a server's agent says, one answer after the other: whether the server is up then, and who gets the next requests. */
export function playAgentWords(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "hc" || !has(recorded, "columns", "rows") || !/^haproxy/u.test(recorded.meant)) return null;
  const rows = recorded.fields["rows"] as readonly (readonly [says: string, state: string, flags: string, picks: string])[];
  const rig = agentRig(recorded, 2);
  let atMs = beginMs;
  const shareOf = (names: readonly string[]): Shares => ({
    b1: names.filter((name) => name === "b1").length,
    b2: names.filter((name) => name === "b2").length,
  });
  const told = (says: string, state: string, { b1, b2 }: Shares) => `${says} ${state} ${b1}:${b2}`;
  const outcomes = rows.map(([says, state, , picks]) => {
    rig.set(atMs, "b2", { agentSays: says });
    const found = shareOf(picksAt(rig, atMs + 1600, picks.length));
    const is = rig.simulation.status("front")!.parts[1]!.state;
    atMs += 3000;
    const wanted = shareOf(Array.from(picks, (digit) => `b${digit}`));
    return [told(says, state.replace(/\(.*/u, ""), wanted), told(says, is === "up" || is === "drain" ? "UP" : "DOWN", near(found, wanted))];
  });
  const [wanted, found] = [0, 1].map((side) => outcomes.map((one) => one[side]).join("; ")) as [string, string];
  return { ...exactly(wanted, found), tolerance: sharesTolerance };
}

type Shares = Readonly<Record<string, number>>;

/** A server's agent asks for a share of its weight, for a drain, and so on: the shares of each of them. */
export function playAgentSteps(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "hc" || !has(recorded, "steps") || !/^haproxy/u.test(recorded.meant) || !/agent/u.test(recorded.name)) return null;
  const steps = Object.entries(recorded.fields["steps"] as Readonly<Record<string, Shares | readonly object[]>>);
  const [, first] = steps[0]!;
  const rig = agentRig(recorded, Object.keys(first as Shares).length);
  let atMs = beginMs;
  const told = (name: string, shares: Shares) =>
    `${name} ${Object.keys(shares)
      .sort()
      .map((server) => `${server} ${shares[server]}`)
      .join(" ")}`;
  const wanted: string[] = [];
  const found: string[] = [];
  for (const [name, step] of steps) {
    const [shares] = Array.isArray(step) && step.length > 1 ? (step as [Shares]) : Array.isArray(step) ? [null] : [step as Shares];
    rig.set(atMs, "b2", { agentSays: answerOf(name, step) });
    rig.until(atMs + 2000);
    if (shares !== null) {
      const total = Object.values(shares).reduce((sum, count) => sum + count, 0);
      const names = picksAt(rig, atMs + 2000, total);
      const counts: Record<string, number> = {};
      for (const server of names) counts[server] = (counts[server] ?? 0) + 1;
      wanted.push(told(name, shares));
      found.push(told(name, near(counts, shares)));
    }
    atMs += 4000;
  }
  return { ...exactly(wanted.join("; "), found.join("; ")), tolerance: sharesTolerance };
}

const sharesTolerance = "shares ±1, for where the round begins is not recorded";

/** A share that is off by one is the recorded one: the round began elsewhere. */
function near(counts: Shares, wanted: Shares): Shares {
  const names = new Set([...Object.keys(counts), ...Object.keys(wanted)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const count = counts[name] ?? 0;
      return [name, Math.abs(count - (wanted[name] ?? 0)) <= 1 && count > 0 === (wanted[name] ?? 0) > 0 ? (wanted[name] ?? 0) : count];
    }),
  );
}

/**
 * Of the answers only the steps' names are recorded: "w50" is 50%, and `ready` comes with the weight that is told beside it. A "down"
 * after which the server runs on was one that the real one did not understand (SEMANTICS §1.3: a remark glued to it).
 */
function answerOf(name: string, step: unknown): string {
  const weight = /^(?:up|w)(\d+)$/u.exec(name);
  if (weight !== null) return `up ready ${weight[1]}%`;
  const { op, uweight } = (Array.isArray(step) ? (step.at(-1) as Record<string, string>) : {}) as Record<string, string | undefined>;
  if (name === "empty_answer") return "";
  if (name === "down" && op === "2") return "down#remark";
  if (name === "ready" && uweight !== undefined) return `ready ${uweight}%`;
  if (/^(?:up|down|drain|ready|maint|fail|stopped)$/u.test(name)) return name;
  throw new NotUnderstood(`what the agent said in the step "${name}"`);
}

const beginMs = 10_000;
/** So heavy that a share of it is a whole number (b_extra: iweight 100). */
const usualWeight = 100;

function agentRig(recorded: RecordedCase, servers: number): Rig {
  const inter = /agent_inter(\d+)ms|inter(\d+)ms/u.exec(recorded.name);
  if (inter === null) throw new NotUnderstood("how often the agent is asked");
  const options = haproxyOptions(`agent-check agent-inter ${inter[1] ?? inter[2]}ms`, "");
  const settings: SettingValues = balancerSettings(options, "down");
  return new Rig({ servers, balancer: settings, weights: Array.from({ length: servers }, () => usualWeight) });
}

function picksAt(rig: Rig, atMs: number, count: number): string[] {
  for (let index = 0; index < count; index++) rig.send(atMs + index);
  rig.until(atMs + count + 10);
  const sent = rig.rows("sent").filter(({ who, atUs }) => who === "front" && atUs / 1000 >= atMs);
  return sent.slice(0, count).map(({ whom }) => whom!);
}
