import type { Dockerfile, ImageConfig, Instruction, Stage } from "../../document/dockerfile/dockerfile.ts";
import { noConfig, readConfig } from "../../document/dockerfile/read-config.ts";
import { digestOf, imageOf, type Digest, type Image, type Layer } from "./image.ts";

/** One instruction of a build as `docker build` tells of it. */
export interface BuildStep {
  readonly stage: number;
  readonly line: number;
  readonly instruction: string;
  /** What names it in the build cache. */
  readonly key: Digest;
  /** The layer that it added; null for one that changed only the configuration. */
  readonly layer: Layer | null;
  /** What it made had been made before on this machine, from the same below. */
  readonly cached: boolean;
  readonly buildMs: number;
}

export interface Build {
  readonly image: Image;
  readonly steps: readonly BuildStep[];
  /** Stages that the last one does not need are not built (BuildKit). */
  readonly skipped: readonly number[];
}

export interface BuildContext {
  /** The image behind a name, or null where no registry has it. */
  resolve(reference: string): Image | null;
  /** What a COPY brings: changes when a file under that path has changed. */
  versionOf(path: string): string;
  /** The machine's build cache, by what was built upon and how. */
  readonly cache: ReadonlyMap<Digest, Layer>;
  /** Tells one execution of a RUN from another: running a command again writes other bytes (times, newer packages). */
  readonly run: string;
}

export type BuildOutcome =
  { readonly ok: true; readonly build: Build } | { readonly ok: false; readonly line: number; readonly missing: string };

/** Carries out a Dockerfile. Nothing is kept of stages but what is copied from them. */
export function build({ stages }: Dockerfile, context: BuildContext): BuildOutcome {
  const needed = neededBy(stages);
  const made: (Made | undefined)[] = [];
  const steps: BuildStep[] = [];
  for (const [index, stage] of stages.entries()) {
    if (!needed.has(index)) continue;
    const base = baseOf(stage, made, context);
    if ("missing" in base) return { ok: false, ...base };
    made[index] = carryOut(stage, index, base, made, context, steps);
  }
  const last = made.at(-1)!;
  const skipped = stages.flatMap((_, index) => (needed.has(index) ? [] : [index]));
  return { ok: true, build: { image: imageOf(last.layers, last.config), steps, skipped } };
}

/** A stage's files and configuration; `key` names all that has gone into it. */
interface Made {
  readonly layers: readonly Layer[];
  readonly config: ImageConfig;
  readonly key: Digest;
}

/** The images that must be at hand before a build begins, in the order in which they are named. */
export function externalImages({ stages }: Dockerfile): string[] {
  const needed = neededBy(stages);
  const named = stages.flatMap(({ base, instructions }, index) =>
    needed.has(index) ? [base, ...instructions.map(({ from }) => from)] : [],
  );
  const images = named.flatMap((from) => (from !== null && "image" in from && from.image !== "scratch" ? [from.image] : []));
  return [...new Set(images)];
}

function neededBy(stages: readonly Stage[]): ReadonlySet<number> {
  const needed = new Set<number>();
  const need = (index: number): void => {
    if (needed.has(index)) return;
    needed.add(index);
    const { base, instructions } = stages[index]!;
    if ("stage" in base) need(base.stage);
    for (const { from } of instructions) if (from !== null && "stage" in from) need(from.stage);
  };
  need(stages.length - 1);
  return needed;
}

function baseOf(stage: Stage, made: readonly (Made | undefined)[], context: BuildContext): Made | { line: number; missing: string } {
  if ("stage" in stage.base) return made[stage.base.stage]!;
  // The empty image: nothing is fetched for it.
  if (stage.base.image === "scratch") return { layers: [], config: noConfig, key: digestOf("scratch") };
  const image = context.resolve(stage.base.image);
  if (image === null) return { line: stage.line, missing: stage.base.image };
  const layers = image.layers.map((layer) => ({ ...layer, role: "base" as const }));
  return { layers, config: image.config, key: image.digest };
}

function carryOut(
  stage: Stage,
  index: number,
  base: Made,
  made: readonly (Made | undefined)[],
  context: BuildContext,
  steps: BuildStep[],
): Made {
  const layers = [...base.layers];
  let { key } = base;
  for (const instruction of stage.instructions) {
    const text = `${instruction.keyword} ${instruction.argument}`;
    const brought = instruction.keyword === "RUN" ? "" : broughtBy(instruction, made, context);
    key = digestOf(`${key} ${text} ${brought}`);
    const known = context.cache.get(key);
    const layer = known ?? layerOf(instruction, text, key, brought, context);
    if (layer !== null) layers.push(layer);
    const cached = known !== undefined || layer === null;
    steps.push({
      stage: index,
      line: instruction.line,
      instruction: text,
      key,
      layer,
      cached,
      buildMs: cached ? 0 : (instruction.adds?.buildMs ?? 0),
    });
  }
  return { layers, config: readConfig(stage.instructions, base.config).config, key };
}

/** What the files that it copies depend on: the build context, or the stage or image that they come from. */
function broughtBy({ keyword, argument, from }: Instruction, made: readonly (Made | undefined)[], context: BuildContext): string {
  if (keyword !== "COPY" && keyword !== "ADD") return "";
  if (from !== null) return "stage" in from ? filesOf(made[from.stage]!) : (context.resolve(from.image)?.digest ?? from.image);
  const paths = argument.split(/\s+/).filter((word) => !word.startsWith("--"));
  return paths
    .slice(0, -1)
    .map((path) => `${path}@${context.versionOf(path)}`)
    .join(" ");
}

const filesOf = ({ layers, config }: Made): Digest => imageOf(layers, config).digest;

/** COPY's bytes are the files' own, whatever lies below; a RUN's are new each time that it runs. */
function layerOf({ keyword, adds, role }: Instruction, text: string, key: Digest, brought: string, context: BuildContext): Layer | null {
  if (adds === null) return null;
  const content = keyword === "RUN" ? `${key} ${context.run}` : `${text} ${brought}`;
  return { digest: digestOf(content), bytes: adds.bytes, role, madeBy: text };
}
