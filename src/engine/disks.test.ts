import { describe, expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import { Simulation } from "./simulation.ts";
import { player, set } from "./testing/playing.ts";
import { sketch } from "./testing/sketch.ts";
import { log, rowsOf, seconds, tally } from "./testing/telling.ts";

const play = player(kinds);
const fact = (simulation: Simulation, id: string, key: string) =>
  simulation.status(id)!.facts.find((one) => one.key === key)?.value ?? null;

/** 60 MB in five layers, over 200 Mbit/s. */
const pulling = (host = "", more = "") => `
  cold
  h: host bootMs=1000 ${host}
  images: image-registry
  h -> images: pull
  web: container in h
  ${more}`;

const told = ["disk-full", "pull-failed", "up"] as const;

describe("a machine's disk", () => {
  test("holds the layers that are pulled", () => {
    const simulation = play(pulling(), 5);
    expect(log(simulation, ...told)).toEqual(["0.500 images up", "1.000 h up", "3.634 web up"]);
    expect(fact(simulation, "h", "disk-used")).toBe(60);
  });

  test("no space left on device: the pull fails with the layer that is one too many, and what had come is thrown away", () => {
    const simulation = play(pulling("diskMb=30"), 5);
    expect(log(simulation, ...told, "layer")).toEqual([
      "0.500 images up",
      "1.000 h up",
      "1.482 web layer 1/5",
      "1.962 web layer 2/5",
      "2.442 web layer 3/5",
      "2.442 h disk-full",
      "2.442 web pull-failed",
    ]);
    expect(fact(simulation, "h", "disk-used")).toBe(0);
  });

  test("a layer that two images share lies there once", () => {
    const text = "FROM alpine:3.20\n# adds 10 MB\nRUN apk add python3";
    const simulation = new Simulation({
      document: set("app", { text })(sketch("h: host\n app: dockerfile in h\n web: container in h image=shop/app:1.0")),
      kinds,
    });
    // The base itself is at hand; the image lies upon its 3.6 MB.
    expect(fact(simulation, "h", "disk-used")).toBe(14);
  });

  test("a build fails at the line whose layer finds no room", () => {
    const text = "FROM alpine:3.20\n# adds 10 MB in 1 s\nRUN apk add python3\n# adds 30 MB in 1 s\nRUN apk add gcc";
    const document = set("app", { text })(sketch("cold\n h: host bootMs=0 diskMb=35\n app: dockerfile in h"));
    const simulation = new Simulation({ document, kinds, watch: true });
    simulation.runUntil(seconds(1));
    simulation.act({ act: "build", target: "app" });
    simulation.runUntil(seconds(5));
    expect(log(simulation, "build-step", "disk-full", "build-failed", "built")).toEqual([
      "2.000 app build-step 1/2",
      "3.000 app build-step 2/2",
      "3.000 h disk-full",
      "3.000 app build-failed h",
    ]);
    expect(rowsOf(simulation).at(-1)!.a).toBe(5);
  });

  const writing = (host: string, container: string) => `
    ann: client arrivals=constant ratePerSecond=10
    h: host ${host}
    web: container in h writesMb=1 workDistribution=constant workMs=1 ${container}
    ann -> web: call finds=dns dnsTtlMs=100`;

  test("whoever writes answers with 500 when it is full, which is told once", () => {
    const simulation = play(writing("diskMb=20", ""), 4);
    expect(simulation.countersOf("web")).toMatchObject({ served: 20, failed: 19 });
    expect(tally(simulation, "disk-full")).toEqual({ "disk-full": 1 });
    expect(fact(simulation, "h", "disk-used")).toBe(20);
  });

  test("a container that is made anew frees what was in its writable layer; a volume stays full", () => {
    const remade = play(writing("diskMb=20", ""), 4, [[3, "recreate web"]]);
    expect(remade.countersOf("web")!.served).toBeGreaterThan(20);
    const held = play(writing("diskMb=20", "volume=data"), 4, [[3, "recreate web"]]);
    expect(held.countersOf("web")!.served).toBe(20);
  });

  test("a limit of its own holds for the writable layer, and not for volumes", () => {
    expect(play(writing("", "diskLimitMb=5"), 4).countersOf("web")).toMatchObject({ served: 5, failed: 34 });
    expect(play(writing("", "diskLimitMb=5 volume=data"), 4).countersOf("web")).toMatchObject({ served: 39, failed: 0 });
  });
});

describe("VOLUME in a Dockerfile", () => {
  const shop = (volume = "") =>
    set("app", { text: 'FROM alpine:3.20\nVOLUME /data\nCMD ["server"]' })(
      sketch(`
        ann: client arrivals=constant ratePerSecond=10
        h: host
        app: dockerfile in h
        web: container in h image=shop/app:1.0 writesMb=1 workDistribution=constant workMs=1 ${volume}
        ann -> web: call finds=dns dnsTtlMs=100`),
    );

  function played(volume = ""): Simulation {
    const simulation = new Simulation({ document: shop(volume), kinds, watch: true });
    simulation.runUntil(seconds(2) - 1);
    return simulation;
  }

  test("each container gets an anonymous volume, which outlives it and is not found again", () => {
    const simulation = played();
    expect([fact(simulation, "web", "writable-layer"), fact(simulation, "web", "anonymous-volume")]).toEqual([0, 19]);
    simulation.act({ act: "recreate", target: "web" });
    simulation.runUntil(seconds(2));
    expect(log(simulation, "layer-lost", "volume-orphaned", "volume-kept")).toEqual(["2.000 web volume-orphaned h"]);
    expect([fact(simulation, "web", "anonymous-volume"), fact(simulation, "h", "orphaned-volumes")]).toEqual([0, 19]);
    simulation.act({ act: "prune", target: "h" });
    simulation.runUntil(seconds(4));
    // docker image prune takes no volumes; docker volume prune takes those that no container has.
    expect(fact(simulation, "h", "orphaned-volumes")).toBe(19);
    const kept = fact(simulation, "web", "anonymous-volume");
    simulation.act({ act: "prune-volumes", target: "h" });
    simulation.runUntil(seconds(4) + 1);
    expect([fact(simulation, "web", "anonymous-volume"), fact(simulation, "h", "orphaned-volumes")]).toEqual([kept, null]);
  });

  test("is the same volume when the container is only started again", () => {
    const simulation = played();
    simulation.act({ act: "kill", target: "web" });
    simulation.runUntil(seconds(3));
    simulation.act({ act: "start", target: "web" });
    simulation.runUntil(seconds(3.001));
    expect(fact(simulation, "web", "anonymous-volume")).toBe(19);
    expect(fact(simulation, "h", "orphaned-volumes")).toBe(null);
  });

  test("a named volume is mounted over it", () => {
    const simulation = played("volume=data");
    simulation.act({ act: "recreate", target: "web" });
    simulation.runUntil(seconds(2));
    expect(log(simulation, "layer-lost", "volume-orphaned", "volume-kept")).toEqual(["2.000 web volume-kept h"]);
    expect(fact(simulation, "web", "volume")).toBe(19);
  });

  test("a checkpoint keeps what is on volumes", () => {
    const simulation = played();
    simulation.act({ act: "recreate", target: "web" });
    simulation.runUntil(seconds(3));
    const checkpoint = simulation.checkpoint();
    simulation.act({ act: "recreate", target: "web" });
    simulation.runUntil(seconds(4));
    expect(fact(simulation, "h", "orphaned-volumes")).toBeGreaterThan(19);
    simulation.restore(checkpoint);
    expect(fact(simulation, "h", "orphaned-volumes")).toBe(19);
  });
});

describe("a machine's bandwidth", () => {
  const upAt = (text: string, id: string) => rowsOf(play(text, 60)).find(({ what, who }) => what === "up" && who === id)!.atUs / 1e6;

  test("limits its pulls where the registry would be faster, and no others", () => {
    expect(upAt(pulling("bandwidthMbitPerSecond=200"), "web")).toBeCloseTo(upAt(pulling(), "web"), 3);
    // 60 MB at 20 Mbit/s are 24 s.
    expect(upAt(pulling("bandwidthMbitPerSecond=20"), "web")).toBeCloseTo(upAt(pulling(), "web") + 24 - 2.4, 1);
  });

  test("a slow machine does not keep another one waiting", () => {
    const other = "g: host bootMs=5000\n g -> images: pull\n api: container in g image=shop/api:1";
    const alone = upAt(pulling("", other), "api");
    expect(upAt(pulling("bandwidthMbitPerSecond=5", other), "api")).toBeLessThan(alone + 1.5);
  });

  test("a guest has no more than its host", () => {
    const guest = (host: string) => `
      cold
      h: host bootMs=0 ${host}
      v: virtual-machine in h bootMs=1000
      images: image-registry
      v -> images: pull
      web: container in v`;
    expect(upAt(guest("bandwidthMbitPerSecond=20"), "web") - upAt(guest(""), "web")).toBeCloseTo(24 - 2.4, 1);
  });

  test("limits its pushes", () => {
    const pushed = (host: string) => {
      const document = sketch(`h: host ${host}\n app: dockerfile in h\n images: image-registry\n h -> images: pull`);
      const simulation = new Simulation({ document, kinds, watch: true });
      simulation.act({ act: "change-code", target: "app" });
      simulation.act({ act: "build", target: "app" });
      simulation.runUntil(seconds(20));
      simulation.act({ act: "push", target: "app" });
      simulation.runUntil(seconds(60));
      return rowsOf(simulation).find(({ what }) => what === "pushed")!.atUs;
    };
    expect(pushed("bandwidthMbitPerSecond=1") - pushed("")).toBeGreaterThan(100_000);
  });
});
