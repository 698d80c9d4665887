import type { DockerfileErrorCode, HealthCheck, ImageConfig, Instruction } from "./dockerfile.ts";

export interface ConfigError {
  readonly code: DockerfileErrorCode;
  readonly line: number;
  readonly found: string;
}

export const noConfig: ImageConfig = { environment: [], ports: [], volumes: [], entrypoint: null, command: null, healthCheck: null };

/** The configuration that a stage's instructions leave behind, on top of its base's. */
export function readConfig(
  instructions: readonly Instruction[],
  base: ImageConfig = noConfig,
): { readonly config: ImageConfig; readonly errors: readonly ConfigError[] } {
  const errors: ConfigError[] = [];
  const wrong = (code: DockerfileErrorCode, line: number, found: string) => void errors.push({ code, line, found });
  let config = base;
  for (const instruction of instructions) config = { ...config, ...changeOf(instruction, config, wrong) };
  return { config, errors };
}

type Wrong = (code: DockerfileErrorCode, line: number, found: string) => void;

function changeOf(instruction: Instruction, config: ImageConfig, wrong: Wrong): Partial<ImageConfig> {
  const { keyword, argument, line } = instruction;
  switch (keyword) {
    case "ENV":
      return { environment: [...config.environment, argument] };
    case "EXPOSE":
      return { ports: [...config.ports, ...portsOf(argument, line, wrong)] };
    case "VOLUME":
      return { volumes: [...config.volumes, ...words(argument)] };
    case "ENTRYPOINT":
      // Dockerfile reference: setting the entry point forgets the base's command.
      return { entrypoint: argument, command: null };
    case "CMD":
      return { command: argument };
    case "HEALTHCHECK":
      return { healthCheck: healthCheckOf(argument, line, wrong) };
    default:
      return {};
  }
}

/** `["a", "b"]`, or `a b`. */
function words(argument: string): string[] {
  return argument.split(/[\s,[\]"]+/).filter((word) => word !== "");
}

function portsOf(argument: string, line: number, wrong: Wrong): number[] {
  return words(argument).map((word) => {
    const port = Number(/^(\d+)(\/(tcp|udp))?$/.exec(word)?.[1]);
    if (!(port >= 1 && port <= 65_535)) wrong("dockerfile-bad-port", line, word);
    return port;
  });
}

function healthCheckOf(argument: string, line: number, wrong: Wrong): HealthCheck | null {
  if (/^NONE$/i.test(argument.trim())) return null;
  const option = (name: string, usual: string) => new RegExp(`--${name}=(\\S+)`).exec(argument)?.[1] ?? usual;
  const duration = (name: string, usual: string) => {
    const text = option(name, usual);
    const ms = durationMs(text);
    if (ms === null) wrong("dockerfile-bad-duration", line, text);
    return ms ?? 0;
  };
  return {
    intervalMs: duration("interval", "30s"),
    timeoutMs: duration("timeout", "30s"),
    startPeriodMs: duration("start-period", "0s"),
    retries: Number(option("retries", "3")),
    command: argument.replace(/--\S+\s*/g, "").replace(/^CMD\s+/i, ""),
  };
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Go's way of writing durations: "1m30s". */
function durationMs(text: string): number | null {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return null;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * unitMs[unit!]!, 0);
}
