import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import { Simulation } from "./simulation.ts";
import { player, set, type Step } from "./testing/playing.ts";
import { sketch } from "./testing/sketch.ts";
import { log, rowsOf, seconds } from "./testing/telling.ts";

const play = player(kinds);

/** A balancer that checks one database, a thing whose address stays when it is started anew. */
const checked = (settings: string, link = "latencyMs=0") => `
  front: load-balancer ${settings}
  db: dependency
  front -> db: forward ${link}`;

/** What HAProxy 2.6.12 did ten times each: the case's name, its settings here, and how the server failed. */
const settingsOf: Readonly<Record<string, { readonly settings: string; readonly act: string }>> = {
  A_tcp_refused: { settings: "checks=tcp intervalMs=1000", act: "kill" },
  B_http_refused: { settings: "intervalMs=1000", act: "kill" },
  D_http_hang_notimeoutcheck: { settings: "intervalMs=1000", act: "hang" },
  G_fast200_nodown_refused: { settings: "intervalMs=2000 fastIntervalMs=200", act: "kill" },
  I_defaults_refused: { settings: "intervalMs=2000", act: "kill" },
  P_http_hang_timeoutcheck1500_inter1s: { settings: "intervalMs=1000 checkTimeoutMs=1500 fall=2", act: "hang" },
};

interface Measured {
  readonly case: string;
  readonly ms_kill_to_DOWN: readonly number[];
  readonly ms_lastcheck_to_kill: readonly (number | null)[];
  readonly ms_first_check_to_UP: readonly (number | null)[];
}

const measured = JSON.parse(readFileSync(new URL("./testing/haproxy-phases.json", import.meta.url), "utf8")) as Measured[];

/** When the last check before 30 s began. */
function lastCheckUs(text: string): number {
  const [part] = play(text, 30).status("front")!.parts;
  return part!.facts.find(({ key }) => key === "last-good-check")!.value as number;
}

/** The fault comes `phaseMs` after a good check began; back to life at 60 s. Times in milliseconds. */
function failover(settings: string, act: string, phaseMs: number) {
  const text = checked(settings);
  const faultUs = lastCheckUs(text) + phaseMs * 1000;
  const simulation = new Simulation({ document: sketch(text), kinds });
  simulation.runUntil(faultUs);
  simulation.act({ act, target: "db" });
  simulation.runUntil(seconds(60));
  simulation.act({ act: act === "hang" ? "resume" : "recreate", target: "db" });
  simulation.runUntil(seconds(80));
  const at = (what: string) => rowsOf(simulation).findLast((row) => row.what === what)!.atUs / 1000;
  const firstPassed = rowsOf(simulation).find((row) => row.what === "passed")!.atUs / 1000;
  return { downMs: at("target-down") - faultUs / 1000, upAfterFirstMs: at("target-up") - firstPassed };
}

/** HAProxy needs a few milliseconds for each check on a loaded machine; SEMANTICS §8 demands ±10 ms. */
describe.each(measured)("as HAProxy 2.6.12 did: $case", (one) => {
  const { settings, act } = settingsOf[one.case]!;
  const phased = one.ms_lastcheck_to_kill.flatMap((phase, index) =>
    phase === null ? [] : [[phase, one.ms_kill_to_DOWN[index]!] as const],
  );

  test(
    phased.length > 0 ? "DOWN within 10 ms of the measured time, given the phase" : "DOWN within the measured band, whatever the phase",
    () => {
      for (const [phase, downMs] of phased)
        expect(Math.abs(failover(settings, act, phase).downMs - downMs), `phase ${phase}`).toBeLessThanOrEqual(10);
      if (phased.length > 0) return;
      const downs = [1, 250, 500, 750, 990].map((phase) => failover(settings, act, phase).downMs);
      expect(Math.min(...downs)).toBeGreaterThanOrEqual(Math.min(...one.ms_kill_to_DOWN) - 130);
      expect(Math.max(...downs)).toBeLessThanOrEqual(Math.max(...one.ms_kill_to_DOWN) + 40);
    },
  );

  test("UP within 10 ms of the measured time after the first good check", () => {
    const { upAfterFirstMs } = failover(settings, act, 100);
    for (const ms of one.ms_first_check_to_UP) if (ms !== null) expect(Math.abs(upAfterFirstMs - ms)).toBeLessThanOrEqual(10);
  });
});

describe("what a check finds out", () => {
  const checks: readonly [what: string, mode: string, script: readonly Step[], finds: readonly string[]][] = [
    ["TCP: a hung process still takes connections", "tcp", [[1, "hang db"]], []],
    ["HTTP: a hung process does not answer", "http", [[1, "hang db"]], ["missed 1/3", "missed 2/3", "missed 3/3", "target-down"]],
    ["TCP: a dead process refuses", "tcp", [[1, "kill db"]], ["missed 1/3", "missed 2/3", "missed 3/3", "target-down"]],
    ["none: nothing is ever found out", "none", [[1, "kill db"]], []],
    ["a cut wire is as good as a dead server", "tcp", [[1, "cut front--db"]], ["missed 1/3", "missed 2/3", "missed 3/3", "target-down"]],
    [
      "two misses and a success count for nothing",
      "http",
      [
        [1, "hang db"],
        [4.5, "resume db"],
      ],
      ["missed 1/3", "missed 2/3"],
    ],
  ];
  test.each(checks)("%s", (_, mode, script, finds) => {
    const simulation = play(checked(`checks=${mode} intervalMs=1000`), 10, script);
    expect(
      log(simulation, "missed", "passed", "target-down", "target-up").map((line) => line.replace(/^\S+ front (\S+) db/u, "$1")),
    ).toEqual(finds);
  });

  test("a service whose queue is full fails its HTTP checks, and passes TCP's", () => {
    const text = (mode: string) => `
      ann: client arrivals=constant ratePerSecond=100 timeoutMs=60000
      ${checked(`checks=${mode} intervalMs=1000 fall=1`).replace("db: dependency", "db: dependency workMs=1000 concurrency=1 queueLimit=1")}
      ann -> front: call`;
    expect(log(play(text("http"), 5), "target-down").length).toBeGreaterThan(0);
    expect(log(play(text("tcp"), 5), "target-down")).toEqual([]);
  });

  test("the fast interval holds while it goes down or up, the down interval while it is DOWN", () => {
    const simulation = play(checked("intervalMs=2000 fastIntervalMs=200 downIntervalMs=5000"), 40, [
      [10, "kill db"],
      [20, "recreate db"],
    ]);
    const rows = rowsOf(simulation).filter(({ what }) => what === "missed" || what === "passed");
    const gaps = rows.slice(1).map((row, index) => (row.atUs - rows[index]!.atUs) / 1000);
    expect(gaps.slice(0, 2)).toEqual([200, 200]);
    expect(gaps.at(-1)).toBe(200);
    expect(gaps.slice(2, -1).every((gap) => gap % 5000 === 0)).toBe(true);
  });

  test("a check slower than its timeout fails when that is over, not when the answer comes", () => {
    const simulation = play(checked("intervalMs=1000 checkTimeoutMs=300 fall=1", "latencyMs=200"), 5);
    const [down] = rowsOf(simulation).filter(({ what }) => what === "target-down");
    expect(down!.atUs).toBeLessThan(seconds(1.3));
    const slower = play(checked("intervalMs=1000 checkTimeoutMs=300 fall=1", "latencyMs=20000"), 5);
    expect(log(slower, "target-down")).toEqual(log(simulation, "target-down"));
  });

  test("checks that are set anew begin anew, and a target keeps being up or DOWN", () => {
    const simulation = play(checked("intervalMs=1000"), 40, [
      [10, "kill db"],
      [11.9, set("front", { fall: 5 })],
      [30, set("front", { checks: "none" })],
    ]);
    const lines = log(simulation, "missed", "target-down").map((line) => line.replace(/^\S+ front /u, ""));
    expect(lines.slice(-6)).toEqual([
      "missed db 1/5",
      "missed db 2/5",
      "missed db 3/5",
      "missed db 4/5",
      "missed db 5/5",
      "target-down db",
    ]);
    expect(simulation.status("front")!.parts[0]!.state).toBe("unchecked");
  });
});

test("the predicted window holds the measured detection, for every fault and phase", () => {
  for (const act of ["kill", "hang"]) {
    for (const at of [20, 20.13, 20.37, 20.5, 20.77, 20.99]) {
      const simulation = play(checked("intervalMs=1000 fall=3", "latencyMs=3"), 40, [[at, `${act} db`]]);
      const [found] = simulation.detections();
      const [from, to] = found!.predictedMs!;
      const afterMs = found!.detectedAtMs! - found!.faultAtMs;
      expect(afterMs, `${act} at ${at}`).toBeGreaterThanOrEqual(from);
      expect(afterMs, `${act} at ${at}`).toBeLessThanOrEqual(to);
    }
  }
});
