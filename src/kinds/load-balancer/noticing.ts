import { isOfAnswers, type Fault } from "../../engine/kind.ts";
import { endless } from "../../engine/network.ts";
import type { Run } from "../../engine/run.ts";
import type { LinkConfig } from "../../engine/world.ts";
import { isRefusal, type Rules } from "./next-upstream.ts";
import { isValid, type ObservingConfig } from "./observing.ts";

export interface NoticingConfig extends ObservingConfig {
  readonly rules: Rules;
  readonly retryStatuses: readonly number[];
  readonly heedsClosing: boolean;
  readonly connectTimeoutUs: number;
  readonly serverTimeoutUs: number;
}

/** Whether failures can take a target out of turn: as nginx counts them, and as Envoy's outlier detection does. */
interface Watchers {
  counts(row: number, target: number): boolean;
  ejects(row: number): boolean;
}

const isMute = (fault: Fault): boolean => fault === "hangs" || fault === "silent" || fault === "cut-off";

/** What a balancer learns of its targets' faults from the requests that meet them: when, depends on when these come. */
export function makeNoticing(run: Run, configOf: (row: number) => NoticingConfig, { counts, ejects }: Watchers) {
  /** Its checks come sooner for them, or they count as checks. */
  const observes = (row: number): boolean => configOf(row).observe !== "none";

  /** The status that a request meets; null: none. */
  const answerOf = (target: number, fault: Fault): number | null => {
    if (fault === "errs") return 500;
    return fault === "fails" ? run.entities.conductPercent[run.upstreams.table.entity[target]!]! : null;
  };

  /** How long the most patient of those who call it waits; Infinity, where others than those that are linked to it may call it. */
  const patienceUs = (row: number): number => {
    const { settings, links } = run.node(row);
    if (settings["virtualRouter"] !== "" || links.some(({ role }) => role === "register")) return Infinity;
    const waits = run.world.links.map((link) => (link?.to === row ? waitsMs(link) : 0));
    return Math.max(...waits) * 1000;
  };

  const waitsMs = ({ from, role, settings }: LinkConfig): number =>
    role !== "call"
      ? Infinity
      : Math.min(...[settings, run.node(from).settings].map(({ timeoutMs }) => (timeoutMs as number | undefined) ?? Infinity));

  /** All who call it have given up, and closed their connections, before it would find that nothing comes back. */
  const isGivenUpBefore = (row: number): boolean => {
    const { heedsClosing, connectTimeoutUs, serverTimeoutUs } = configOf(row);
    return heedsClosing && patienceUs(row) < Math.min(connectTimeoutUs, serverTimeoutUs);
  };

  /** Whether they have the target taken out of turn. */
  const noticesByRequests = (row: number, target: number, fault: Fault): boolean => {
    const { rules, observe, onError, retryStatuses, serverTimeoutUs } = configOf(row);
    if (isMute(fault) && isGivenUpBefore(row)) return false;
    if (fault === "hangs" && serverTimeoutUs === endless) return false;
    const keepsFromConnecting = fault !== "hangs" && !isOfAnswers(fault);
    const answer = answerOf(target, fault);
    switch (rules) {
      case "haproxy":
        // Checks that come sooner must find the fault themselves; all else that it does after errors can take a target down in time.
        if (onError === "fastinter") return false;
        return observe === "layer7" ? answer === null || !isValid(answer) : observe === "layer4" && keepsFromConnecting;
      case "nginx":
        return counts(row, target) && (answer === null || (retryStatuses.includes(answer) && !isRefusal(answer)));
      case "apache":
        return counts(row, target) && keepsFromConnecting;
      case "caddy":
        return counts(row, target) && answer === null && (fault !== "slows" || serverTimeoutUs !== endless);
      case "envoy":
        return ejects(row) && (answer === null || answer >= 500);
      case "varnish":
        return false;
    }
  };

  return { observes, noticesByRequests };
}
