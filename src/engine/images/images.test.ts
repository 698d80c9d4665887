import { expect, test } from "vitest";
import { noConfig } from "../../document/dockerfile/read-config.ts";
import { readDockerfile } from "../../document/dockerfile/read-dockerfile.ts";
import { build, type BuildOutcome } from "./build.ts";
import { chainsOf, digestOf, imageOf, type Digest, type Image, type Layer } from "./image.ts";
import { pullPlan, pushPlan } from "./transfer.ts";

const layer = (name: string, bytes: number): Layer => ({ digest: digestOf(name), bytes, role: "base", madeBy: name });
const os = layer("busybox", 1_982_256);
const os2 = layer("os2", 3_000_000);
const dep = layer("dep", 20_000_000);
const one = layer("app 1", 1_000_000);
const two = layer("app 2", 1_000_000);

/** [M] f_docker.json, layer_sharing: c:1 has another second layer below the very same dependency and application. */
const recorded: Readonly<Record<string, Image>> = {
  "a:1": imageOf([os, dep, one], noConfig),
  "a:2": imageOf([os, dep, two], noConfig),
  "b:1": imageOf([os, dep, two], noConfig),
  "c:1": imageOf([os, os2, dep, one], noConfig),
};

test("pulls fetch what Docker fetched, by chains and not by layers", () => {
  const images = new Set<Digest>();
  const chains = new Set<Digest>();
  const pull = (name: string) => {
    const image = recorded[name]!;
    const plan = pullPlan(image, { hasImage: (digest) => images.has(digest), hasChain: (chain) => chains.has(chain) });
    images.add(image.digest);
    for (const chain of chainsOf(image.layers)) chains.add(chain);
    return `${name}: ${plan.length} blobs, ${(plan.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1)} MB`;
  };
  expect(["a:1", "a:2", "b:1", "c:1", "a:1"].map(pull)).toEqual([
    "a:1: 4 blobs, 23.0 MB",
    "a:2: 2 blobs, 1.0 MB",
    "b:1: 0 blobs, 0.0 MB",
    "c:1: 4 blobs, 24.0 MB",
    "a:1: 0 blobs, 0.0 MB",
  ]);
});

test("pushes send what Docker sent: blob by blob, mounted from other repositories where they are there", () => {
  const blobs = new Map<string, Set<Digest>>();
  const registry = {
    has: (repository: string, digest: Digest) => blobs.get(repository)?.has(digest) ?? false,
    hasAnywhere: (digest: Digest) => [...blobs.values()].some((held) => held.has(digest)),
  };
  const push = (name: string) => {
    const repository = name.split(":")[0]!;
    const { uploads, mounts } = pushPlan(recorded[name]!, repository, registry);
    const held = blobs.get(repository) ?? new Set();
    for (const { digest } of [...uploads, ...mounts]) held.add(digest);
    blobs.set(repository, held);
    return `${name}: ${uploads.length} uploads, ${mounts.length} mounts`;
  };
  expect(["a:1", "a:2", "b:1", "c:1", "a:1"].map(push)).toEqual([
    "a:1: 4 uploads, 0 mounts",
    "a:2: 2 uploads, 0 mounts",
    "b:1: 1 uploads, 3 mounts",
    "c:1: 2 uploads, 3 mounts",
    "a:1: 0 uploads, 0 mounts",
  ]);
});

const alpine = imageOf([layer("alpine 3.20", 3_600_000)], noConfig);
const newAlpine = imageOf([layer("alpine 3.21", 3_700_000)], noConfig);

class Machine {
  private readonly cache = new Map<Digest, Layer>();
  private runs = 0;

  build(text: string, { base = alpine, versions = {} }: { base?: Image; versions?: Readonly<Record<string, string>> } = {}): BuildOutcome {
    const reading = readDockerfile(text);
    if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
    const outcome = build(reading.dockerfile, {
      resolve: (reference) => (reference === "alpine" ? base : null),
      versionOf: (path) => versions[path] ?? "1",
      cache: this.cache,
      run: String(this.runs++),
    });
    if (outcome.ok) for (const { key, layer } of outcome.build.steps) if (layer !== null) this.cache.set(key, layer);
    return outcome;
  }
}

function built(outcome: BuildOutcome) {
  if (!outcome.ok) throw new Error(outcome.missing);
  return outcome.build;
}

const told = (outcome: BuildOutcome) =>
  built(outcome).steps.map(({ cached, instruction }) => `${cached ? "cached" : "run"} ${instruction}`);

const app = "FROM alpine\nRUN apk add python3\nCOPY requirements.txt .\nRUN pip install\nCOPY . /app\nCMD python3";

test("a build adds a layer for each instruction that writes files, upon the base's own", () => {
  const { image, steps } = built(new Machine().build(app));
  expect(image.layers[0]).toEqual(alpine.layers[0]);
  expect(image.layers.map(({ role }) => role)).toEqual(["base", "dependencies", "dependencies", "dependencies", "code"]);
  expect(steps.map(({ layer }) => layer !== null)).toEqual([true, true, true, true, false]);
  expect(image.config.command).toBe("python3");
});

test("an unchanged build is all from the cache and gives the same image", () => {
  const machine = new Machine();
  const first = built(machine.build(app));
  const second = built(machine.build(app));
  expect(second.steps.every(({ cached }) => cached)).toBe(true);
  expect(second.image.digest).toBe(first.image.digest);
});

test("a changed file rebuilds its COPY and what follows, and nothing before it", () => {
  const machine = new Machine();
  machine.build(app);
  expect(told(machine.build(app, { versions: { "requirements.txt": "2" } }))).toEqual([
    "cached RUN apk add python3",
    "run COPY requirements.txt .",
    "run RUN pip install",
    "run COPY . /app",
    "cached CMD python3",
  ]);
});

test("another base rebuilds everything; what is copied keeps its digest, what is run does not", () => {
  const machine = new Machine();
  const before = built(machine.build(app)).image;
  const after = built(machine.build(app, { base: newAlpine })).image;
  const same = after.layers.map(({ digest }, index) => digest === before.layers[index]!.digest);
  expect(same).toEqual([false, false, true, false, true]);
});

test("another machine has no cache: the same Dockerfile gives another image there", () => {
  const other = new Machine();
  other.build("FROM alpine\nRUN echo");
  expect(built(new Machine().build(app)).image.digest).not.toBe(built(other.build(app)).image.digest);
});

test("of an earlier stage only what is copied stays, and a stage that nobody needs is not built", () => {
  const text = "FROM alpine AS compile\nRUN apk add gcc\nFROM alpine AS unused\nRUN false\nFROM alpine\nCOPY --from=compile /out /app";
  const { image, steps, skipped } = built(new Machine().build(text));
  expect(image.layers.map(({ madeBy }) => madeBy)).toEqual(["alpine 3.20", "COPY --from=compile /out /app"]);
  expect(steps.map(({ stage }) => stage)).toEqual([0, 2]);
  expect(skipped).toEqual([1]);
});

test("a second FROM discards the first stage: images are not stacked", () => {
  const { image, skipped } = built(new Machine().build("FROM alpine AS mysql\nRUN apk add mysql\nFROM alpine\nRUN apk add python3"));
  expect(image.layers.map(({ madeBy }) => madeBy)).toEqual(["alpine 3.20", "RUN apk add python3"]);
  expect(skipped).toEqual([0]);
});

test("a base that no registry has is told with the line of its FROM", () => {
  expect(new Machine().build("# a comment\nFROM nowhere:1")).toEqual({ ok: false, line: 2, missing: "nowhere:1" });
});
