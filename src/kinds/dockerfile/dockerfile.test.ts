import { describe, expect, test } from "vitest";
import type { Topology } from "../../document/topology.ts";
import { player, set } from "../../engine/testing/playing.ts";
import { sketch } from "../../engine/testing/sketch.ts";
import { log, rowsOf } from "../../engine/testing/telling.ts";
import { Simulation } from "../../engine/simulation.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);

/** A Dockerfile on one machine, a container of its image on another, and a registry between them. */
const shop = `
  images: image-registry bandwidthMbitPerSecond=100
  build: host
  run: host
  app: dockerfile in build
  web: container in run image=shop/app:1.0 startMs=200
  build -> images: pull latencyMs=1
  run -> images: pull latencyMs=1`;
const cold = `cold\n${shop}`.replace("build: host", "build: host bootMs=1000").replace("run: host", "run: host bootMs=1000");

const told = [
  "building",
  "build-step",
  "build-cached",
  "built",
  "build-failed",
  "pushing",
  "pushed",
  "push-failed",
  "asking-for-image",
  "pulled",
  "pull-failed",
  "up",
];
const said = (simulation: Simulation, of: RegExp) => log(simulation, ...told).filter((line) => of.test(line));
const fact = (simulation: Simulation, id: string, key: string) => simulation.status(id)!.facts.find((one) => one.key === key)?.value;
const write = (text: string) => (document: Topology) => set("app", { text })(document);

describe("a Dockerfile", () => {
  test("begins a warm run built and pushed, and its image is wherever a container runs it", () => {
    const simulation = play(shop, 1);
    expect(simulation.status("app")).toMatchObject({
      state: "built",
      acts: ["build", "build-pull", "push", "change-code", "change-dependencies"],
    });
    expect(simulation.status("web")!.state).toBe("running");
    expect(fact(simulation, "app", "image-layers")).toBe(6);
  });

  test("is built step by step upon a base that is fetched first, and pushed for others to pull", () => {
    const simulation = play(cold, 60, [
      [2, "build app"],
      [30, "push app"],
      [45, "recreate web"],
    ]);
    expect(said(simulation, /app/)).toEqual([
      "2.000 app asking-for-image images",
      "5.564 app building build",
      "5.564 app build-cached 1/6",
      "5.664 app build-step 2/6",
      "13.664 app build-step 3/6",
      "13.764 app build-step 4/6",
      "13.764 app build-cached 5/6",
      "13.764 app build-cached 6/6",
      "13.764 app built build",
      "30.000 app pushing images",
      "36.922 app pushed images",
    ]);
    expect(simulation.status("web")!.state).toBe("running");
  });

  test("a container cannot have an image that nobody has pushed yet", () => {
    const simulation = play(cold, 10);
    expect(said(simulation, /web/).slice(0, 2)).toEqual(["1.000 web asking-for-image images", "1.002 web pull-failed"]);
  });

  test("an unchanged Dockerfile is all from the cache; changed code rebuilds the last layer alone", () => {
    const simulation = play(shop, 40, [
      [2, "build app"],
      [10, "change-code app"],
      [12, "build app"],
    ]);
    expect(said(simulation, /app build-(step|cached)/)).toEqual([
      "2.000 app build-cached 1/6",
      "2.000 app build-cached 2/6",
      "2.000 app build-cached 3/6",
      "2.000 app build-cached 4/6",
      "2.000 app build-cached 5/6",
      "2.000 app build-cached 6/6",
      "12.000 app build-cached 1/6",
      "12.000 app build-cached 2/6",
      "12.000 app build-cached 3/6",
      "12.100 app build-step 4/6",
      "12.100 app build-cached 5/6",
      "12.100 app build-cached 6/6",
    ]);
  });

  test("changed dependencies rebuild all that follows them", () => {
    const simulation = play(shop, 40, [
      [2, "change-dependencies app"],
      [3, "build app"],
    ]);
    expect(said(simulation, /build-step/)).toEqual(["3.100 app build-step 2/6", "11.100 app build-step 3/6", "11.200 app build-step 4/6"]);
  });

  test("a push sends only what the registry lacks, and a running container keeps the image that it was made of", () => {
    const simulation = play(shop, 60, [
      [2, "change-code app"],
      [3, "build app"],
      [10, "push app"],
      [20, "recreate web"],
    ]);
    // 2 MB of code and a kilobyte of configuration at 100 Mbit/s.
    expect(said(simulation, /app push/)).toEqual(["10.000 app pushing images", "10.162 app pushed images"]);
    // Its machine has an image of that name: it is not pulled again, so the container runs the old one.
    expect(said(simulation, /web pull/)).toEqual([]);
  });

  test.each([
    ["an unknown instruction", "FROM alpine:3.20\nRUM echo", 2],
    ["a base that no registry has", "# nothing\nFROM nobody/knows:1", 2],
    ["a Dockerfile that is built upon itself", "FROM shop/app:1.0\nRUN echo", 1],
    ["a cycle of stages", "FROM alpine:3.20 AS a\nCOPY --from=b /x /y\nFROM alpine:3.20 AS b\nCOPY --from=a /x /y", 2],
    ["a stage that copies from an image that no registry has", "FROM alpine:3.20\nCOPY --from=nobody/knows:1 /x /y", 2],
  ])("%s fails the build, with its line", (_, text, line) => {
    const simulation = play(cold, 20, [
      [2, write(text)],
      [3, "build app"],
    ]);
    expect(simulation.status("app")!.state).toBe("failed");
    expect(fact(simulation, "app", "failed-line")).toBe(line);
  });

  test("a container of an image that no registry has says so, and asks again", () => {
    const simulation = play(cold.replace("image=shop/app:1.0", "image=shop/app:9.9").replace("in build", "in build tag=shop/app:9.9"), 30);
    expect(said(simulation, /web/)).toEqual([
      "1.000 web asking-for-image images",
      "1.002 web pull-failed",
      "11.002 web asking-for-image images",
      "11.004 web pull-failed",
      "21.004 web asking-for-image images",
      "21.006 web pull-failed",
    ]);
    expect(simulation.status("web")!.state).toBe("pull-failed");
  });

  test.each([
    ["a base that no registry has", "# a comment\nFROM nobody/nothing:1\nRUN echo", 2],
    ["a cycle of stages by their bases: what comes later is no stage yet, but some image", "FROM b AS a\nRUN echo\nFROM a AS b", 1],
    ["files from an image that no registry has", "FROM alpine:3.20\nCOPY --from=nobody/nothing:1 /x /y", 2],
  ])("%s fails the build at its line", (_, text, line) => {
    const document = set("app", { text })(
      sketch("cold\n images: image-registry\n h: host bootMs=1000\n h -> images: pull\n app: dockerfile in h"),
    );
    const simulation = new Simulation({ document, kinds, watch: true });
    simulation.runUntil(2_000_000);
    simulation.act({ act: "build", target: "app" });
    simulation.runUntil(10_000_000);
    expect(log(simulation, "build-failed", "built").map((told) => told.split(" ").slice(1).join(" "))).toEqual(["app build-failed h"]);
    expect(rowsOf(simulation).find(({ what }) => what === "build-failed")!.a).toBe(line);
  });

  test("a registry that is down blocks a push, and a machine that goes down breaks a build off", () => {
    const simulation = play(shop, 60, [
      [2, "kill images"],
      [3, "push app"],
      [10, "recreate images"],
      [12, "change-dependencies app"],
      [13, "build app"],
      [15, "unplug build"],
    ]);
    expect(said(simulation, /push/)).toEqual(["3.000 app pushing images", "3.002 app push-failed images"]);
    expect(simulation.status("app")!.state).toBe("unpowered");
  });

  test("a run goes on from any checkpoint as it would have gone on without one", () => {
    const script = [
      [2, "change-code app"],
      [3, "build app"],
      [10, "push app"],
      [20, "recreate web"],
    ] as const;
    const whole = play(shop, 40, script, { digest: true });
    const again = play(shop, 40, script, { digest: true });
    again.restore(again.checkpoint());
    expect(again.digest()).toBe(whole.digest());
    const fork = play(shop, 8, script.slice(0, 2), { digest: true }).fork();
    fork.runUntil(9_000_000);
    expect(fork.status("app")!.state).toBe("built");
  });
});
