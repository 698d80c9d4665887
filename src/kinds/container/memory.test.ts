import { describe, expect, test } from "vitest";
import { player } from "../../engine/testing/playing.ts";
import { log } from "../../engine/testing/telling.ts";
import { amiss } from "../../properties/testing/consistency.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);
const visited = (settings: string, more = "") => `
  visitors: client ratePerSecond=20 arrivals=constant
  h: host
  web: container in h memoryMb=100 ${settings}
  visitors -> web: call
  ${more}`;

describe("over its limit the kernel kills it", () => {
  test("for what its requests leave behind", () => {
    const simulation = play(visited("usesMb=50 leakMb=1"), 5);
    expect(log(simulation, "oom-killed", "exited")).toEqual(["2.550 web oom-killed", "2.550 web exited (137)"]);
    expect(simulation.status("web")!.facts.find(({ key }) => key === "exit-code")!.value).toBe(137);
    expect(amiss(simulation)).toEqual([]);
  });

  test("for all the requests that it has in hand at once, and its restart policy brings it back", () => {
    const simulation = play(visited("usesMb=50 requestMb=10 workDistribution=constant workMs=1000 restart=always"), 3);
    expect(log(simulation, "oom-killed", "restarting", "up")).toEqual([
      "0.300 web oom-killed",
      "0.300 web restarting 0.1 s, 1",
      "0.632 web up",
      "0.900 web oom-killed",
      "0.900 web restarting 0.2 s, 2",
      "1.333 web up",
      "1.601 web oom-killed",
      "1.601 web restarting 0.4 s, 3",
      "2.232 web up",
      "2.501 web oom-killed",
      "2.501 web restarting 0.8 s, 4",
    ]);
    expect(amiss(simulation)).toEqual([]);
  });

  test("even before its first request, where the limit is below what it needs at rest", () => {
    const simulation = play(`cold\n h: host bootMs=1000\n web: container in h memoryMb=100 usesMb=101`, 3);
    expect(log(simulation, "up", "oom-killed", "exited")).toEqual([
      "1.000 h up",
      "1.232 web up",
      "1.232 web oom-killed",
      "1.232 web exited (137)",
    ]);
  });

  test("what eats memory: only itself, whatever its neighbours have", () => {
    const simulation = play(visited("usesMb=10", "next: container in h memoryMb=100 usesMb=99"), 5, [[2, "eat-memory web 40"]]);
    expect(log(simulation, "oom-killed")).toEqual(["4.500 web oom-killed"]);
    expect(simulation.status("next")!.state).toBe("running");
  });
});

test("a container larger than its host is refused, with the reason", () => {
  const simulation = play("h: host memoryMb=1000\n web: container in h memoryMb=1001", 1);
  expect([simulation.status("web")!.state, log(simulation, "start-refused")]).toEqual(["refused", ["0.000 web start-refused h"]]);
});
