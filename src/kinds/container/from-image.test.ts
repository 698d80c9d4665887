import { describe, expect, test } from "vitest";
import { player, set } from "../../engine/testing/playing.ts";
import { log } from "../../engine/testing/telling.ts";
import type { Simulation } from "../../engine/simulation.ts";
import { sketch } from "../../engine/testing/sketch.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);

/** A container of what this Dockerfile makes. */
const of = (text: string, settings = "") =>
  set("app", { text })(sketch(`h: host\n app: dockerfile in h\n web: container in h image=shop/app:1.0 startMs=200 ${settings}`));
const playOf = (text: string, untilS: number, settings = "", script: Parameters<typeof play>[2] = []) =>
  play("", untilS, script, { document: of(text, settings) });
const web = (simulation: Simulation) => simulation.status("web")!;
/** Of whichever incarnation. */
const told = (simulation: Simulation) => log(simulation, "up", "exited", "healthy", "unhealthy").map((line) => line.replace(/#\d+/u, ""));
const server = 'FROM python:3.12-slim\nCOPY . .\nEXPOSE 9090\nCMD ["python", "app.py"]';
const checked = `${server}\nHEALTHCHECK --interval=2s --timeout=1s --retries=2 CMD curl -f localhost:9090`;

describe("a container takes from its image", () => {
  test("the port that it exposes, unless its own settings name one", () => {
    expect(web(playOf(server, 1)).address).toMatch(/:9090$/u);
    expect(web(playOf(server, 1, "port=8080")).address).toMatch(/:8080$/u);
    expect(playOf(server, 1).about("web")!.given).toMatchObject({ port: 9090, command: "serves" });
    expect(playOf(server, 1, "port=8080").about("web")!.given).not.toHaveProperty("port");
  });

  test("its healthcheck, figure by figure", () => {
    const hung = playOf(checked, 30, "", [
      [1, "recreate web"],
      [4, "hang web"],
    ]);
    expect(told(hung)).toEqual(["1.200 web up", "3.270 web healthy", "9.270 web unhealthy"]);
    const slower = playOf(checked, 30, "healthIntervalMs=5000", [[1, "recreate web"]]);
    expect(told(slower)).toEqual(["1.200 web up", "6.270 web healthy"]);
    expect(told(playOf(checked, 30, "healthcheck=none", [[1, "recreate web"]]))).toEqual(["1.200 web up"]);
  });

  test("its command, which ends or serves", () => {
    const once = playOf('FROM alpine:3.20\nCMD ["sleep", "3"]', 10, "", [[1, "recreate web"]]);
    expect(told(once)).toEqual(["1.200 web up", "4.200 web exited (0)"]);
    const failing = playOf("FROM alpine:3.20\nCMD exit 3", 10, "restart=on-failure restartMax=1", [[1, "recreate web"]]);
    expect(told(failing).filter((line) => /^1.*exited/u.test(line))).toEqual(["1.201 web exited (3)", "1.503 web exited (3), given up"]);
    // docker run IMAGE COMMAND: the image's own is not run.
    expect(told(playOf("FROM alpine:3.20\nCMD exit 3", 10, "command=serves", [[1, "recreate web"]]))).toEqual(["1.200 web up"]);
  });

  test("what a later image says only when it is made of that one", () => {
    const simulation = playOf(server, 20, "", [
      [1, set("app", { text: server.replace("9090", "7070") })],
      [2, "build app"],
      [10, "crash web 1"],
      [11, "start web"],
      [15, "recreate web"],
    ]);
    expect(log(simulation, "built")).toEqual(["2.000 app built h"]);
    expect(web(simulation).address).toMatch(/:7070$/u);
    simulation.restore(simulation.checkpoint());
    expect(web(simulation).address).toMatch(/:7070$/u);
    const before = playOf(server, 14, "", [
      [1, set("app", { text: server.replace("9090", "7070") })],
      [2, "build app"],
      [10, "crash web 1"],
      [11, "start web"],
    ]);
    expect(web(before).address).toMatch(/:9090$/u);
  });
});

test("a base image runs alone, and ends at once: nobody types what its interpreter waits for", () => {
  const simulation = play("h: host\n web: container in h image=python:3.12-slim startMs=200", 10, [[1, "recreate web"]]);
  expect(web(simulation)).toMatchObject({ state: "exited" });
  expect(web(simulation).facts).toContainEqual({ key: "image-command", value: "python3" });
  expect(told(simulation).at(-1)).toBe("1.201 web exited (0)");
});

test("a base image that is a server serves", () => {
  const simulation = play("h: host\n web: container in h image=nginx:1.27 startMs=200", 10, [[1, "recreate web"]]);
  expect(web(simulation)).toMatchObject({ state: "running" });
  expect(web(simulation).address).toMatch(/:80$/u);
});

describe("docker run --pull", () => {
  const shop = (pull: string) => `
    images: image-registry bandwidthMbitPerSecond=100
    build: host
    run: host
    app: dockerfile in build
    web: container in run image=shop/app:1.0 startMs=200 pull=${pull}
    build -> images: pull latencyMs=1
    run -> images: pull latencyMs=1`;
  const anew = [
    [2, "change-code app"],
    [3, "build app"],
    [10, "push app"],
    [20, "recreate web"],
  ] as const;
  const said = (simulation: Simulation) =>
    log(simulation, "asking-for-image", "pulled", "pull-failed", "up").filter((line) => /web/u.test(line));

  test.each([
    ["missing", ["20.200 web#2 up"]],
    ["always", ["20.000 web#2 asking-for-image images", "20.164 web#2 pulled", "20.364 web#2 up"]],
    ["never", ["20.200 web#2 up"]],
  ])("%s: what the registry has anew by then", (pull, lines) => {
    expect(said(play(shop(pull), 30, anew))).toEqual(lines);
  });

  test.each([
    ["missing", ["20.200 web#2 up"]],
    ["always", ["20.000 web#2 asking-for-image images", "20.002 web#2 pull-failed"]],
    ["never", ["20.200 web#2 up"]],
  ])("%s: a registry that is down blocks what must pull, and nothing else", (pull, lines) => {
    const simulation = play(shop(pull), 25, [
      [19, "kill images"],
      [20, "recreate web"],
    ]);
    expect(said(simulation)).toEqual(lines);
  });

  test("never: what is not there is not sent for", () => {
    const simulation = play(shop("never").replace("run: host", "run: host bootMs=100\n cold"), 5);
    expect(said(simulation)).toEqual(["0.100 web pull-failed"]);
    expect(web(simulation).state).toBe("pull-failed");
  });
});
