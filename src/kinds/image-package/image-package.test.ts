import { describe, expect, test } from "vitest";
import { mayLink } from "../../document/rules.ts";
import { player } from "../../engine/testing/playing.ts";
import { log } from "../../engine/testing/telling.ts";
import type { Simulation } from "../../engine/simulation.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);
const shop = `
  images: image-registry bandwidthMbitPerSecond=1000
  base: image-package image=python:3.12-slim
  package: image-package image=shop/app:1.0
  build: host
  run: host
  app: dockerfile in build
  web-1: container in build image=shop/app:1.0
  web-2: container in run image=shop/app:1.0
  build -> images: pull latencyMs=1
  run -> images: pull latencyMs=1`;
const fact = (simulation: Simulation, id: string, key: string) => simulation.status(id)!.facts.find((one) => one.key === key)?.value;
const parts = (simulation: Simulation, id: string) =>
  Object.fromEntries(simulation.status(id)!.parts.map(({ key, address }) => [key, address]));
const steps = (simulation: Simulation) => log(simulation, "build-step", "build-cached").map((line) => line.replace(/^\S+ app build-/u, ""));

describe("an image is a package", () => {
  test("that says where it lies, which one that is, and how many run of it", () => {
    const simulation = play(shop, 1);
    expect(simulation.status("package")).toMatchObject({ state: "package", tone: "idle", address: null, acts: [] });
    expect(fact(simulation, "package", "instances")).toBe(2);
    const digest = fact(simulation, "package", "digest");
    expect(parts(simulation, "package")).toEqual({ images: digest, build: digest, run: digest });
    expect(simulation.chart("package")).toBeNull();
  });

  test("and nothing else can be done to it than to publish it", () => {
    const acts = ["kill", "start", "recreate", "stop", "hang"].map((act, index) => [1 + index, `${act} package`] as const);
    expect(play(shop, 8, acts).status("package")).toEqual(play(shop, 8).status("package"));
  });

  test.each(["client", "load-balancer", "image-registry"])("no link joins it with a %s", (other) => {
    const image = kinds.get("image-package")!;
    expect(mayLink(kinds.get(other)!, image)).toMatchObject({ ok: false, code: "is-a-package" });
    expect(mayLink(image, kinds.get(other)!)).toMatchObject({ ok: false, code: "is-a-package" });
  });

  test("of which there is none until it is built", () => {
    const simulation = play(`cold\n${shop}`, 1);
    expect(simulation.status("package")!.state).toBe("unbuilt");
    expect(simulation.status("package")!.parts).toEqual([]);
  });
});

describe("a new base is published", () => {
  const published = [[1, "publish base"]] as const;

  test("its name moves in the registry; digests never change, and who has the old one keeps it", () => {
    const [before, after] = [play(shop, 1), play(shop, 2, published)];
    expect(fact(after, "base", "digest")).not.toBe(fact(before, "base", "digest"));
    expect(parts(after, "base")["build"]).toBe(parts(before, "base")["build"]);
    expect(parts(after, "base")["images"]).not.toBe(parts(after, "base")["build"]);
  });

  test("a rebuild takes no notice, one with --pull does, and everything upon the new base is made anew", () => {
    const old = play(shop, 30, [...published, [2, "build app"]]);
    expect(new Set(steps(old).map((line) => line.split(" ")[0]))).toEqual(new Set(["cached"]));
    const fresh = play(shop, 60, [...published, [2, "build-pull app"]]);
    expect(steps(fresh).filter((line) => line.startsWith("step"))).toEqual(["step 2/6", "step 3/6", "step 4/6"]);
    expect(fact(fresh, "app", "digest")).not.toBe(fact(old, "app", "digest"));
  });

  test("one name, two hosts, two images: only who pulls has the new one", () => {
    const simulation = play(shop, 90, [...published, [2, "build-pull app"], [60, "push app"], [75, "recreate web-2"]]);
    const where = parts(simulation, "package");
    expect(where["build"]).toBe(where["images"]);
    expect(where["run"]).not.toBe(where["images"]);
    expect(fact(simulation, "web-2", "made-of")).toBe(where["run"]);
  });

  test("no registry, no publication; nor of what is built here", () => {
    expect(play(shop, 3, [[1, "kill images"]]).status("base")!.acts).toEqual([]);
    expect(play(shop, 1).status("base")!.acts).toEqual(["publish"]);
    expect(play(shop, 1).status("package")!.acts).toEqual([]);
  });
});
