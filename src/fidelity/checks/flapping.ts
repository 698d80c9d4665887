import { exactly, type Outcome } from "../outcome.ts";
import { has, NotUnderstood, textOf, type RecordedCase } from "../recorded-case.ts";
import { breakServer, mendServer } from "../rig/faults.ts";
import { balancerSettings, haproxyOptions } from "../rig/haproxy-options.ts";
import { Rig } from "../rig/rig.ts";

/** A server fails and passes its checks in a pattern, over and over; what its balancer makes of that (only the note says it all). */
export function playFlapping(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "hc" || !has(recorded, "transitions", "checks", "note")) return null;
  const found = /(\d+) ms: ((?:(?:fail|ok),? )+)repeated,? ?(.*)/u.exec(textOf(recorded, "note"));
  const { transitions, checks } = recorded.fields;
  if (found === null || !Array.isArray(transitions) || typeof checks !== "number") throw new NotUnderstood("how it flapped");
  if (!/^haproxy/u.test(recorded.meant)) throw new NotUnderstood(`the checks of ${recorded.meant}`);
  const pattern = found[2]!.trim().split(/,? /u);
  // Whether it comes UP is asked of a server that is DOWN.
  const startsDown = /\b(?:comes?|goes|back) UP\b/iu.test(found[3]!);
  const count = played(Number(found[1]), startsDown, pattern, checks, found[3]!);
  return exactly(`${transitions.length} transitions`, `${count} transitions`);
}

function played(inter: number, startsDown: boolean, pattern: readonly string[], checks: number, rest: string): number {
  const options = haproxyOptions(`check inter ${inter}ms ${rest}`, "option httpchk");
  const rig = new Rig({ servers: 1, balancer: balancerSettings(options, "hang") });
  rig.until(3 * inter);
  let startMs = rig.lastGoodCheckMs("b1") + inter;
  let isWell = true;
  if (startsDown) {
    breakServer(rig, startMs - inter / 10, "b1", "hang");
    isWell = false;
    startMs += 2 * inter * options.fall;
    rig.until(startMs - inter / 5);
  }
  const before = rig.rows("target-down", "target-up").length;
  // A little before each check begins the server is as the pattern wants it; a hung one makes its check last an interval.
  for (let index = 0; index < checks; index++) {
    const well = pattern[index % pattern.length] === "ok";
    if (well !== isWell) (well ? mendServer : breakServer)(rig, startMs - inter / 10, "b1", "hang");
    isWell = well;
    startMs += well ? inter : 2 * inter;
  }
  rig.until(startMs);
  return rig.rows("target-down", "target-up").length - before;
}
