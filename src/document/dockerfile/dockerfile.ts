/**
 * A Dockerfile as the playground understands it. The text itself stays as its author wrote it; this is what `docker
 * build` would make of it, with every stage and instruction in its place.
 */
export interface Dockerfile {
  readonly stages: readonly Stage[];
}

/** From one FROM to the next. */
export interface Stage {
  readonly line: number;
  readonly name: string | null;
  /** The image that it begins from, or the number of an earlier stage. */
  readonly base: { readonly image: string } | { readonly stage: number };
  readonly instructions: readonly Instruction[];
}

export interface Instruction {
  /** Counted from 1, as editors and Docker's own messages do. */
  readonly line: number;
  readonly keyword: Keyword;
  /** What stands behind the keyword, on one line. */
  readonly argument: string;
  /** COPY --from: an earlier stage, or an image. */
  readonly from: { readonly image: string } | { readonly stage: number } | null;
  /** What it adds to the image and how long that takes; null for one that changes nothing but the configuration. */
  readonly adds: Addition | null;
  readonly role: LayerRole;
}

export interface Addition {
  readonly bytes: number;
  readonly buildMs: number;
}

/** What a layer is for, by the lecture's division of an image into code, dependencies and configuration. */
export type LayerRole = "base" | "dependencies" | "configuration" | "code";

/** Dockerfile reference: the instructions that there are. */
export const keywords = [
  "ADD",
  "ARG",
  "CMD",
  "COPY",
  "ENTRYPOINT",
  "ENV",
  "EXPOSE",
  "FROM",
  "HEALTHCHECK",
  "LABEL",
  "MAINTAINER",
  "ONBUILD",
  "RUN",
  "SHELL",
  "STOPSIGNAL",
  "USER",
  "VOLUME",
  "WORKDIR",
] as const;
export type Keyword = (typeof keywords)[number];

/** Only these three write files; all others change the image's configuration and add no bytes. */
export const writesFiles: ReadonlySet<Keyword> = new Set<Keyword>(["RUN", "COPY", "ADD"]);

export type DockerfileErrorCode =
  | "dockerfile-empty"
  | "dockerfile-no-from"
  | "dockerfile-no-image"
  | "dockerfile-unknown-instruction"
  | "dockerfile-no-argument"
  | "dockerfile-stage-not-before"
  | "dockerfile-unset-argument"
  | "dockerfile-bad-addition"
  | "dockerfile-bad-duration"
  | "dockerfile-bad-port";

/** `values` are what the sentence for the code mentions. */
export interface DockerfileError {
  readonly code: DockerfileErrorCode;
  readonly line: number;
  readonly column: number;
  readonly values: Readonly<Record<string, string>>;
}

export type DockerfileReading =
  { readonly ok: true; readonly dockerfile: Dockerfile } | { readonly ok: false; readonly errors: readonly DockerfileError[] };

/** What a container of the image is told: by the last stage's instructions, each later one replacing the earlier. */
export interface ImageConfig {
  readonly environment: readonly string[];
  readonly ports: readonly number[];
  readonly volumes: readonly string[];
  readonly entrypoint: string | null;
  readonly command: string | null;
  readonly healthCheck: HealthCheck | null;
}

/** Docker's defaults: interval 30 s, timeout 30 s, start period 0 s, 3 retries ([S] moby health.go). */
export interface HealthCheck {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly startPeriodMs: number;
  readonly retries: number;
  readonly command: string;
}
