import { conductActs, wreckActs } from "../../document/fault-acts.ts";
import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { computing, processorShare } from "../../document/computing-settings.ts";
import { memoryUse } from "../../document/memory-settings.ts";
import { registering } from "../../document/registering-settings.ts";
import { serving } from "../../document/serving-settings.ts";
import { choice, defineSettings, flag, quantity, text } from "../../document/settings.ts";

const restartPolicies = { source: "docs.docker.com, Start containers automatically" };
const runOptions = { source: "docs.docker.com, Dockerfile reference, HEALTHCHECK; moby health.go" };
const byDocker = { when: { setting: "runtime", is: ["docker"] } } as const;
const checked = { ...runOptions, when: { setting: "healthcheck", is: ["asks", "broken"] } } as const;

export const settings = defineSettings({
  service: registering.service,
  image: text("shop/web:1.4", { maxLength: 200, pattern: "^\\S+$" }),
  imageMb: quantity("MB", [0, 100_000], 60),
  layers: quantity("count", [1, 127], 5),
  /** `docker run --pull`: whether the registry is asked though the image is there, or never. */
  pull: choice(["missing", "always", "never"], "missing", { source: "docs.docker.com, docker run --pull" }),
  /** Into its writable layer, or its volume, with each request that it answers. */
  writesMb: quantity("MB", [0, 1000], 0),
  /** Of its machine; empty: none. */
  volume: text("", { maxLength: 60, pattern: "^\\S*$" }),
  port: quantity("count", [1, 65_535], 8080),
  memoryMb: quantity("MB", [1, 1_048_576], 256, { integer: true }),
  ...serving,
  ...computing,
  ...processorShare,
  runtime: choice(["docker", "runc", "crun"], "docker", { source: "started with each, medians of f_docker_start" }),
  ...memoryUse,
  /** 0: no limit, as Docker has it by default. */
  pidsLimit: quantity("count", [0, 4_194_304], 0, { source: "docs.docker.com, docker container run, --pids-limit" }),
  diskLimitMb: quantity("MB", [0, 16_777_216], 0, { source: "docs.docker.com, docker container run, --storage-opt size" }),
  writesToDisk: flag(false),
  startMs: quantity("ms", [0, 600_000], 232, { source: "docker run, image present, median of f_docker_start" }),
  stopGraceMs: quantity("ms", [0, 3_600_000], 10_000, { source: "docker stop: SIGTERM, 10 s, SIGKILL" }),
  /** What its process makes of SIGTERM: a handler that drains, one that exits at once, or PID 1 without any. */
  onTerm: choice(["drains", "exits", "ignores"], "drains", { source: "docker stop, measured: f_docker, docker_stop" }),
  restart: choice(["no", "always", "unless-stopped", "on-failure"], "no", { ...restartPolicies, ...byDocker }),
  /** 0: no limit. */
  restartMax: quantity("count", [0, 1000], 0, { ...restartPolicies, when: { setting: "restart", is: ["on-failure"] } }),
  command: choice(["serves", "ends"], "serves"),
  runMs: quantity("ms", [0, 86_400_000], 1.3, {
    when: { setting: "command", is: ["ends"] },
    source: "fork and exec of /bin/true, median of f_docker_start",
  }),
  exitCode: quantity("count", [0, 255], 0, { when: { setting: "command", is: ["ends"] } }),
  /** `broken`: a command that is not in the image, say. */
  healthcheck: choice(["none", "asks", "broken"], "none", { ...runOptions, ...byDocker }),
  healthIntervalMs: quantity("ms", [1, 86_400_000], 30_000, checked),
  healthTimeoutMs: quantity("ms", [1, 86_400_000], 30_000, checked),
  healthStartPeriodMs: quantity("ms", [0, 86_400_000], 0, checked),
  healthStartIntervalMs: quantity("ms", [1, 86_400_000], 5000, checked),
  healthRetries: quantity("count", [1, 100], 3, checked),
  healthProbeMs: quantity("ms", [0, 600_000], 70, { ...checked, source: "docker exec, measured: f_docker, 7 probes of 1 s in 7.5 s" }),
  heartbeatMs: registering.heartbeatMs,
});

export const declaration = {
  id: "container",
  settings,
  calls: ["call", "discover", "register"],
  accepts: ["request"],
  places: [],
  placedIn: ["runtime"],
  instanceOf: "image",
  acts: ["kill", "crash", "recreate", "start", "hang", "slow", ...conductActs, "resume", "stop", ...wreckActs],
  size: { width: 144, height: 72 },
  palette: { group: "machines", key: "n", order: 2 },
  stem: "web",
} as const satisfies KindDeclaration;

export type ContainerSettings = (typeof settings)["defaults"];
