import { expect, test } from "vitest";
import { player, type Step } from "../../engine/testing/playing.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);

const shop = `
  ann: client arrivals=by-hand
  front: load-balancer intervalMs=2000 fall=3 rise=2
  web: dependency
  front -> web: forward`;

/** As its only target is shown, from when the balancer knows it until some time after its start. */
function targetsShown(startState: string, untilS: number, script: readonly Step[] = []): string[] {
  const run = play(shop.replace("fall=3", `fall=3 startState=${startState}`), 0, script, { cold: true });
  const shown: string[] = [];
  while (run.nowUs < untilS * 1e6 && run.step()) {
    const { state, tone, pips } = run.status("front")!.parts[0] ?? {};
    const now = `${state} ${tone} ${pips?.join("/")}`;
    if (state !== undefined && now !== shown.at(-1)) shown.push(now);
  }
  return shown;
}

test("a target that starts DOWN has missed nothing until its first check has ended", () => {
  expect(targetsShown("down", 10)).toEqual(["unexamined busy undefined", "going-up busy 1/2", "up running undefined"]);
  expect(targetsShown("down", 10, [[0.0001, "kill web"]])).toEqual(["unexamined busy undefined", "down dead 3/3"]);
  expect(targetsShown("up", 10)).toEqual(["up running undefined"]);
});
