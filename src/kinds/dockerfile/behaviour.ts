import { roleOf } from "../../document/dockerfile/additions.ts";
import type { Dockerfile, Instruction } from "../../document/dockerfile/dockerfile.ts";
import { readDockerfile } from "../../document/dockerfile/read-dockerfile.ts";
import type { Hosting } from "../../engine/hosting.ts";
import { build, externalImages, type BuildOutcome } from "../../engine/images/build.ts";
import { buildParts, imageFacts } from "../../engine/images/image-status.ts";
import type { Digest, Image, Layer } from "../../engine/images/image.ts";
import type { Behaviour, OwnStatus } from "../../engine/kind.ts";
import { imageBuild } from "../../engine/machines/image-build.ts";
import type { Run } from "../../engine/run.ts";
import type { Tone } from "../../engine/status.ts";
import type { settings } from "./declaration.ts";
import { Jobs } from "./jobs.ts";

type DockerfileSettings = (typeof settings)["defaults"];

const tones: Readonly<Record<string, Tone>> = {
  unbuilt: "idle",
  resolving: "busy",
  building: "busy",
  pushing: "busy",
  built: "running",
  failed: "dead",
};

/** A Dockerfile on a machine: what is built from it stands on that machine's disk, and in a registry once it is pushed. */
export function behaviour(run: Run): Behaviour {
  return new Dockerfiles(run);
}

class Dockerfiles implements Behaviour {
  private readonly run: Run;
  private readonly jobs: Jobs;
  private readonly life: Hosting;

  constructor(run: Run) {
    this.run = run;
    this.jobs = run.keep(new Jobs());
    this.life = run.host(imageBuild, {
      column: run.entities,
      delayUs: (row) => this.stepUs(row),
      effects: {
        resolve: (row) => this.resolve(row),
        step: (row) => this.step(row),
        "step-done": (row) => this.stepDone(row),
        built: (row) => this.built(row),
        "gave-up": (row) => run.note("build-failed", row, this.machineOf(row), this.jobs.of(row).failedLine),
        push: (row) => this.push(row),
      },
      onChange: (row) => run.stateChanged(row),
    });
  }

  create(row: number, warm: boolean): void {
    this.run.entities.incarnation[row]!++;
    this.life.place(row, "unbuilt");
    if (warm) this.prebuild(row);
  }

  configure(row: number): void {
    this.run.stateChanged(row);
  }

  remove(row: number): void {
    this.run.pushes.breakOff(row);
    this.send(row, "PLACE_DOWN");
    this.run.note("removed", row);
  }

  placeUp(row: number): void {
    this.run.stateChanged(row);
  }

  placeDown(row: number): void {
    this.run.pushes.breakOff(row);
    this.send(row, "PLACE_DOWN");
    this.run.stateChanged(row);
  }

  act(row: number, act: string): boolean {
    switch (act) {
      case "build":
      case "build-pull":
        return this.begin(row, act === "build-pull");
      case "push":
        return this.canPush(row) && this.send(row, "PUSH");
      case "change-code":
        return this.edit(row, "code");
      case "change-dependencies":
        return this.edit(row, "dependencies");
      default:
        return false;
    }
  }

  imageSettled(row: number, image: string, there: boolean): void {
    const { awaited } = this.jobs.of(row);
    if (!awaited.includes(image)) return;
    const left = awaited.filter((other) => other !== image);
    this.jobs.change(row, { awaited: there ? left : [] });
    if (!there) this.fail(row, this.lineOf(row, image));
    else if (left.length === 0) this.ready(row);
  }

  pushSettled(row: number, well: boolean): void {
    this.send(row, well ? "PUSHED" : "PUSH_FAILED");
  }

  /** As if it had been built and pushed long ago; null if it cannot be. */
  prebuild(row: number): Image | null {
    const { images } = this.run;
    const machine = this.machineOf(row);
    const { tag } = this.settingsOf(row);
    const there = images.onMachine(machine, tag);
    if (there !== null || this.life.is(row, "failed")) return there;
    const dockerfile = this.dockerfileOf(row);
    // One that is built upon itself is not found a second time.
    this.life.place(row, "failed");
    if (dockerfile === null) return null;
    for (const base of externalImages(dockerfile)) this.run.pulls.grantBase(machine, base);
    const outcome = this.buildFrom(row, dockerfile);
    if (!outcome.ok) return null;
    this.jobs.change(row, { build: outcome.build, image: outcome.build.image, step: outcome.build.steps.length, builds: 1 });
    this.commit(row, outcome.build.steps.length);
    images.shelve(machine, tag, outcome.build.image);
    const registry = this.run.pulls.registryOf(machine);
    if (registry >= 0) images.publish(registry, tag, outcome.build.image);
    this.life.place(row, "built");
    return outcome.build.image;
  }

  status(row: number): OwnStatus {
    const { build: made, step, image, failedLine } = this.jobs.of(row);
    const state = this.life.name(row);
    const idle = state === "unbuilt" || state === "built" || state === "failed";
    const on = this.run.placeIsUp(row);
    return {
      state: on ? state : "unpowered",
      tone: on ? (tones[state] ?? "idle") : "dead",
      acts: [
        ...(idle && on ? ["build", "build-pull"] : []),
        ...(state === "built" && this.canPush(row) ? ["push"] : []),
        "change-code",
        "change-dependencies",
      ],
      facts: [
        ...(state === "building" && made !== null ? [{ key: "steps", value: step, upper: made.steps.length, unit: "count" } as const] : []),
        ...(state === "failed" && failedLine > 0 ? [{ key: "failed-line", value: failedLine, unit: "count" } as const] : []),
        ...(image === null ? [] : imageFacts(image)),
      ],
      parts: made === null ? [] : buildParts(made, step),
    };
  }

  chart(row: number): ReturnType<Behaviour["chart"]> {
    return this.life.machine.describe(this.run.entities.state[row]!);
  }

  private settingsOf(row: number): DockerfileSettings {
    return this.run.node(row).settings as unknown as DockerfileSettings;
  }

  private machineOf(row: number): number {
    return this.run.entities.parent[row]! - 1;
  }

  private send(row: number, event: string): boolean {
    return this.life.send(row, this.life.machine.eventOf(event));
  }

  private dockerfileOf(row: number): Dockerfile | null {
    const reading = readDockerfile(this.settingsOf(row).text);
    if (reading.ok) return reading.dockerfile;
    this.jobs.change(row, { failedLine: reading.errors[0]!.line });
    return null;
  }

  /** Docker refuses a bad Dockerfile before it does anything. */
  private begin(row: number, isFresh: boolean): boolean {
    if (!this.run.placeIsUp(row)) return false;
    const state = this.life.name(row);
    if (state !== "unbuilt" && state !== "built" && state !== "failed") return false;
    const dockerfile = this.dockerfileOf(row);
    if (dockerfile === null) return this.send(row, "REFUSED");
    const machine = this.machineOf(row);
    const bases = externalImages(dockerfile);
    const awaited = isFresh ? bases : bases.filter((base) => this.run.pulls.localImage(machine, base) === null);
    this.jobs.change(row, { awaited, failedLine: 0, build: null, step: 0 });
    return this.send(row, "BUILD");
  }

  private resolve(row: number): void {
    const { awaited } = this.jobs.of(row);
    if (awaited.length === 0) return this.ready(row);
    for (const base of awaited) if (this.life.is(row, "resolving")) this.run.pulls.askBase(this.machineOf(row), row, base);
  }

  private ready(row: number): void {
    const dockerfile = this.dockerfileOf(row);
    const outcome: BuildOutcome = dockerfile === null ? { ok: false, line: 1, missing: "" } : this.buildFrom(row, dockerfile);
    if (!outcome.ok) return this.fail(row, outcome.line);
    this.jobs.change(row, { build: outcome.build, step: 0, builds: this.jobs.of(row).builds + 1 });
    this.run.note("building", row, this.machineOf(row), outcome.build.steps.length);
    this.send(row, "READY");
  }

  private fail(row: number, failedLine: number): void {
    this.jobs.change(row, { failedLine });
    this.send(row, "NO_BASE");
  }

  private lineOf(row: number, image: string): number {
    const stages = this.dockerfileOf(row)?.stages ?? [];
    const isIt = (from: Instruction["from"]) => from !== null && "image" in from && from.image === image;
    const stage = stages.find(({ base }) => isIt(base));
    return stage?.line ?? stages.flatMap(({ instructions }) => instructions).find(({ from }) => isIt(from))?.line ?? 1;
  }

  private buildFrom(row: number, dockerfile: Dockerfile): BuildOutcome {
    const { edits, builds } = this.jobs.of(row);
    const machine = this.machineOf(row);
    return build(dockerfile, {
      resolve: (reference) => this.run.pulls.localImage(machine, reference),
      versionOf: (path) => String(roleOf("COPY", `${path} .`) === "dependencies" ? edits.dependencies : edits.code),
      cache: this.run.images.shelfOf(machine).cache,
      run: `${this.run.node(row).id} ${builds}`,
    });
  }

  private stepUs(row: number): number {
    const { build: made, step } = this.jobs.of(row);
    return (made?.steps[step]?.buildMs ?? 0) * 1000;
  }

  private step(row: number): void {
    const { build: made, step } = this.jobs.of(row);
    const last = made!.steps[step - 1];
    if (last?.layer != null && this.run.disks.lacksRoom(this.machineOf(row), this.unfinishedKb(row))) {
      this.jobs.change(row, { failedLine: last.line });
      return void this.send(row, "NO_SPACE");
    }
    this.send(row, step < made!.steps.length ? "STEP" : "DONE");
  }

  /** What the steps so far have written: it is an image's only when all are done. */
  private unfinishedKb(row: number): number {
    const { build: made, step } = this.jobs.of(row);
    return made!.steps.slice(0, step).reduce((kb, { cached, layer }) => kb + (cached ? 0 : (layer?.bytes ?? 0) / 1000), 0);
  }

  /** A step that is done is in the cache, whatever becomes of those after it. */
  private stepDone(row: number): void {
    const { build: made, step } = this.jobs.of(row);
    const { cached } = made!.steps[step]!;
    this.jobs.change(row, { step: step + 1 });
    this.commit(row, step + 1);
    this.run.note(cached ? "build-cached" : "build-step", row, -1, step + 1, made!.steps.length);
  }

  private commit(row: number, steps: number): void {
    const machine = this.machineOf(row);
    const cache = new Map<Digest, Layer>(this.run.images.shelfOf(machine).cache);
    for (const { key, layer } of this.jobs.of(row).build!.steps.slice(0, steps)) if (layer !== null) cache.set(key, layer);
    this.run.images.remember(machine, cache);
  }

  private built(row: number): void {
    const { image } = this.jobs.of(row).build!;
    this.jobs.change(row, { image });
    this.run.images.shelve(this.machineOf(row), this.settingsOf(row).tag, image);
    this.run.touch(this.machineOf(row));
    this.run.imagesMoved();
    this.run.note("built", row, this.machineOf(row), image.layers.length);
  }

  private canPush(row: number): boolean {
    return this.run.placeIsUp(row) && this.run.pulls.registryOf(this.machineOf(row)) >= 0;
  }

  private push(row: number): void {
    const link = this.run.pulls.linkOf(this.machineOf(row))!;
    this.run.pushes.begin(row, link, this.settingsOf(row).tag, this.jobs.of(row).image!);
  }

  /** Somebody changes a file that is copied into the image. */
  private edit(row: number, what: "code" | "dependencies"): boolean {
    const { edits } = this.jobs.of(row);
    this.jobs.change(row, { edits: { ...edits, [what]: edits[what] + 1 } });
    this.run.note("source-changed", row, -1, what === "code" ? 0 : 1);
    this.run.touch(row);
    return true;
  }
}
