import type { ImageConfig } from "../../document/dockerfile/dockerfile.ts";
import type { SettingValues } from "../../document/topology.ts";
import { commandEnd, wordsOf } from "../../engine/policies/commands.ts";
import type { ContainerSettings } from "./declaration.ts";

type Given = Partial<ContainerSettings>;

/**
 * What `docker run` takes from the image where the container says nothing itself: EXPOSE, CMD and HEALTHCHECK. A command of
 * its own replaces the image's wholly; a healthcheck's figures are replaced one by one, as `--health-interval` does.
 */
export function givenByImage(config: ImageConfig, own: SettingValues): Given {
  const given = { ...portOf(config), ...(Object.hasOwn(own, "command") ? {} : commandOf(config)), ...healthcheckOf(config) };
  return Object.fromEntries(Object.entries(given).filter(([name]) => !Object.hasOwn(own, name)));
}

/** Whether the image's command waits for somebody to type, and the container has none of its own. */
export function isInteractive(config: ImageConfig, own: SettingValues): boolean {
  const end = commandEnd(config.entrypoint, config.command);
  return end !== null && end.ends && end.isInteractive && !Object.hasOwn(own, "command");
}

/** The first one that is exposed: the playground's things listen on one port. */
function portOf({ ports }: ImageConfig): Given {
  return ports.length === 0 ? {} : { port: ports[0]! };
}

function commandOf({ entrypoint, command }: ImageConfig): Given {
  const end = commandEnd(entrypoint, command);
  if (end === null) return {};
  return end.ends ? { command: "ends", runMs: end.runMs, exitCode: end.exitCode } : { command: "serves" };
}

function healthcheckOf({ healthCheck }: ImageConfig): Given {
  if (healthCheck === null) return {};
  const end = commandEnd(null, healthCheck.command);
  return {
    healthcheck: end !== null && end.ends && end.exitCode > 0 ? "broken" : "asks",
    healthIntervalMs: healthCheck.intervalMs,
    healthTimeoutMs: healthCheck.timeoutMs,
    healthStartPeriodMs: healthCheck.startPeriodMs,
    healthRetries: healthCheck.retries,
  };
}

/** The image's whole command as one would type it: "python app.py". */
export function commandText({ entrypoint, command }: ImageConfig): string {
  return [...wordsOf(entrypoint ?? ""), ...wordsOf(command ?? "")].join(" ");
}
