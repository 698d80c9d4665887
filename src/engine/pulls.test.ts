import { describe, expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import { move, player, set } from "./testing/playing.ts";
import { log, tally } from "./testing/telling.ts";

const play = player(kinds);

/** Two containers of one image on one host, one on another; 50 MB in 5 layers at 100 Mbit/s: 0.8 s a layer. */
const fleet = `
  cold
  images: image-registry bandwidthMbitPerSecond=100
  g: host bootMs=1000
  h: host bootMs=1000
  web-1: container in g layers=5 imageMb=50 startMs=200
  web-2: container in g layers=5 imageMb=50 startMs=200
  web-3: container in h layers=5 imageMb=50 startMs=200
  g -> images: pull latencyMs=1
  h -> images: pull latencyMs=1`;
const alone = fleet.replace(/web-[23].*\n/gu, "\n");
const told = ["pulling", "layer", "pulled", "pull-failed", "up"];

describe("an image that is not on its host", () => {
  test("is fetched layer by layer, three at a time, over a wire that all share", () => {
    const simulation = play(alone, 20);
    expect(log(simulation, ...told).filter((line) => line.includes("web"))).toEqual([
      "1.000 web-1 pulling images",
      // The manifest takes 2 ms, each answer 1 ms; the layers themselves leave one after another.
      "1.804 web-1 layer 1/5",
      "2.604 web-1 layer 2/5",
      "3.404 web-1 layer 3/5",
      "4.204 web-1 layer 4/5",
      "5.004 web-1 layer 5/5",
      "5.004 web-1 pulled",
      "5.204 web-1 up",
    ]);
  });

  test("is asked for three layers ahead: on a slow wire the fourth is asked for when the first has come", () => {
    const simulation = play(
      alone.replace("bandwidthMbitPerSecond=100", "bandwidthMbitPerSecond=100000").replace("latencyMs=1", "latencyMs=100"),
      20,
    );
    expect(log(simulation, "layer").map((line) => line.slice(0, 5))).toEqual(["1.401", "1.402", "1.402", "1.602", "1.602"]);
  });

  test("is fetched once for all on that host", () => {
    const simulation = play(fleet, 20);
    expect(tally(simulation, "pulling", "pulled", "layer")).toEqual({ pulling: 2, pulled: 3, layer: 10 });
    expect(
      log(simulation, "pulled")
        .slice(0, 2)
        .map((line) => line.slice(0, 5)),
    ).toEqual(["7.404", "7.404"]);
  });

  test("is there for whoever comes later, and survives the loss of power", () => {
    const simulation = play(alone, 40, [
      [10, "kill web-1"],
      [11, "recreate web-1"],
      [15, "unplug g"],
      [16, "power-on g"],
      [20, "recreate web-1"],
    ]);
    expect(tally(simulation, "pulling")).toEqual({ pulling: 1 });
    expect(log(simulation, "up").filter((line) => line.includes("web"))).toEqual([
      "5.204 web-1 up",
      "11.200 web-1#2 up",
      "20.200 web-1#3 up",
    ]);
  });

  test("another image is pulled for itself", () => {
    const simulation = play(alone, 40, [
      [10, set("web-1", { image: "shop/web:1.5" })],
      [11, "recreate web-1"],
    ]);
    expect(tally(simulation, "pulling", "pulled")).toEqual({ pulling: 2, pulled: 2 });
  });
});

describe("an image registry that is down", () => {
  test("refuses: the pull fails, and is tried again 10 s later", () => {
    const simulation = play(alone, 30, [
      [0.6, "kill images"],
      [5, "recreate images"],
    ]);
    expect(log(simulation, "pulling", "pull-failed", "pulled")).toEqual([
      "1.000 web-1 pulling images",
      "1.002 web-1 pull-failed",
      "11.002 web-1 pulling images#2",
      "15.006 web-1 pulled",
    ]);
  });

  test("breaks off what it was sending", () => {
    const simulation = play(alone, 30, [
      [2, "kill images"],
      [3, "recreate images"],
    ]);
    expect(log(simulation, "layer", "pull-failed", "pulled").slice(0, 3)).toEqual([
      "1.804 web-1 layer 1/5",
      "2.001 web-1 pull-failed",
      expect.stringMatching(/web-1 layer 1\/5$/u),
    ]);
  });

  test("does not keep those from running who have their image", () => {
    const simulation = play(alone, 30, [
      [10, "kill images"],
      [11, "recreate web-1"],
    ]);
    expect(log(simulation, "up").slice(-1)).toEqual(["11.200 web-1#2 up"]);
  });

  test("or cannot be reached is silent for 10 s, and then the pull has failed", () => {
    const simulation = play(alone, 40, [
      [2, "cut g--images"],
      [15, "mend g--images"],
    ]);
    expect(log(simulation, "pull-failed", "pulled")).toEqual(["12.000 web-1 pull-failed", "26.004 web-1 pulled"]);
  });
});

describe("a pull under way", () => {
  test("of layers that take longer than any silence is no failure: bytes come all the time", () => {
    const simulation = play(alone.replace("imageMb=50", "imageMb=2000"), 200);
    // 2000 MB in 5 layers at 100 Mbit/s: 32 s a layer.
    expect(log(simulation, ...told).filter((line) => line.includes("web"))).toEqual([
      "1.000 web-1 pulling images",
      "33.004 web-1 layer 1/5",
      "65.004 web-1 layer 2/5",
      "97.004 web-1 layer 3/5",
      "129.004 web-1 layer 4/5",
      "161.004 web-1 layer 5/5",
      "161.004 web-1 pulled",
      "161.204 web-1 up",
    ]);
  });

  test("that is broken off leaves the wire to the others at once", () => {
    const simulation = play(fleet.replace("web-1: container in g layers=5 imageMb=50", "web-1: container in g layers=5 imageMb=2000"), 60, [
      [2, "unplug g"],
    ]);
    expect(log(simulation, "up").filter((line) => line.includes("web"))).toEqual(["6.201 web-3 up"]);
  });

  test("goes on for the machine when the container that asked is gone, and is there for the next", () => {
    const simulation = play(alone, 20, [
      [2, "kill web-1"],
      [8, "recreate web-1"],
    ]);
    expect(log(simulation, ...told).filter((line) => line.includes("web"))).toEqual([
      "1.000 web-1 pulling images",
      "1.804 web-1 layer 1/5",
      "2.604 web-1 layer 2/5",
      "3.404 web-1 layer 3/5",
      "4.204 web-1 layer 4/5",
      "5.004 web-1 layer 5/5",
      "8.200 web-1#2 up",
    ]);
  });

  test("fails when its link is taken away or led elsewhere, and is tried again the other way", () => {
    const simulation = play(alone.replace("g: host", "other: image-registry\n g: host"), 40, [
      [2, (document) => ({ ...document, links: { ...document.links, "g--images": { ...document.links["g--images"]!, to: "other" } } })],
    ]);
    expect(log(simulation, "pulling", "pull-failed", "pulled")).toEqual([
      "1.000 web-1 pulling images",
      "2.000 web-1 pull-failed",
      "12.000 web-1 pulling other",
      "14.004 web-1 pulled",
    ]);
    const without = play(alone, 40, [[2, (document) => ({ ...document, links: {} })]]);
    expect(log(without, "pull-failed", "pulled", "up").slice(-3)).toEqual([
      "2.000 web-1 pull-failed",
      "12.000 web-1 pulled",
      "12.200 web-1 up",
    ]);
  });

  test("is broken off with its container's machine, and begins anew on the machine it is moved to", () => {
    const simulation = play(alone, 40, [[2, move("web-1", "h")]]);
    expect(log(simulation, "moved", "pulling", "pulled", "up").filter((line) => line.includes("web"))).toEqual([
      "1.000 web-1 pulling images",
      "2.000 web-1 moved",
      "2.000 web-1#2 pulling images",
      expect.stringMatching(/web-1#2 pulled$/u),
      expect.stringMatching(/web-1#2 up$/u),
    ]);
  });
});

test("a VM made anew has an empty disk", () => {
  const text = alone
    .replace("web-1: container in g", "v: virtual-machine in g bootMs=1000\n web-1: container in v")
    .replace("g -> images", "v -> images");
  const simulation = play(text, 40, [
    [15, "recreate v"],
    [20, "recreate web-1"],
  ]);
  expect(tally(simulation, "pulling", "pulled")).toEqual({ pulling: 2, pulled: 2 });
});
