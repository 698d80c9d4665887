import { presence } from "../../engine/entities.ts";
import type { CheckConfig } from "../../engine/checks.ts";
import { Heartbeats } from "../../engine/heartbeats.ts";
import { isOfAnswers, type Behaviour, type Fault, type OwnStatus } from "../../engine/kind.ts";
import { predictByLookup } from "../../engine/lookups.ts";
import { windowHealth } from "../../engine/machines/probe-window.ts";
import { targetHealth } from "../../engine/machines/target-health.ts";
import { byRequests, never, predictedDetectionUs, soonest, type CheckTiming, type Window } from "../../engine/policies/detection.ts";
import { anyWire } from "../../engine/predictions.ts";
import type { Run } from "../../engine/run.ts";
import { Standing } from "../../engine/standing.ts";
import type { ChartDescription, Fact } from "../../engine/status.ts";
import type { Ending } from "../../engine/network.ts";
import type { LinkConfig, NodeConfig } from "../../engine/world.ts";
import type { settings } from "./declaration.ts";
import { makeForwarding } from "./forwarding.ts";
import { makeTargets } from "./targets.ts";
import { targetParts } from "./parts.ts";
import { VirtualRouters } from "./virtual-routers.ts";

export type BalancerSettings = (typeof settings)["defaults"];

export function behaviour(run: Run): Behaviour {
  return new Balancers(run);
}

/** Passes requests on to targets that it checks, by the rules of HAProxy and nginx. */
class Balancers implements Behaviour {
  private readonly run: Run;
  private readonly targets: ReturnType<typeof makeTargets>;
  private readonly forwarding: ReturnType<typeof makeForwarding>;
  private readonly standing: Standing;
  private readonly routers: VirtualRouters;
  private readonly heartbeats: Heartbeats;

  constructor(run: Run) {
    this.run = run;
    const settingsOf = (row: number) => run.node(row).settings as unknown as BalancerSettings;
    this.targets = makeTargets(run, settingsOf, {
      serveQueue: (row) => this.forwarding.serveQueue(row),
      passedCheck: (row, target) => this.forwarding.passedCheck(row, target),
    });
    this.forwarding = makeForwarding(run, this.targets.setOf);
    this.routers = run.keep(new VirtualRouters(run, settingsOf));
    this.standing = new Standing(run, { opened: (row) => this.opened(row), gone: (row) => this.gone(row) });
    this.heartbeats = new Heartbeats(run, (row) => this.standing.isOpen(row));
  }

  create(row: number, warm: boolean): void {
    this.learn(row);
    this.targets.create(row);
    this.standing.create(row, warm);
  }

  wire(row: number, warm: boolean): void {
    this.targets.wire(row, warm);
    if (warm) this.heartbeats.beginWarm(row);
  }

  /** All of its virtual router are there now. */
  settle(row: number, warm: boolean): void {
    if (warm && this.standing.isOpen(row)) this.routers.start(row, true);
  }

  /** Settings of its own make its checks begin anew; those of its links, a weight say, do not. */
  configure(row: number, before: NodeConfig): void {
    this.learn(row);
    this.targets.configure(row, before.record.settings !== this.run.node(row).record.settings);
    this.routers.configure(row);
    this.heartbeats.beginNew(row);
    this.heartbeats.reregister(row, before.links);
    this.run.touch(row);
  }

  registerAnew(row: number): void {
    this.heartbeats.beginNew(row);
  }

  relearn(row: number): void {
    this.learn(row);
    this.targets.learn(row);
  }

  remove(row: number): void {
    this.routers.stop(row, true);
    this.standing.remove(row);
  }

  act(row: number, act: string): boolean {
    return this.standing.act(row, act) ?? false;
  }

  placeUp(row: number): void {
    this.standing.send(row, "PLACE_UP");
  }

  placeDown(row: number): void {
    this.standing.send(row, "PLACE_DOWN");
  }

  warmly(fill: () => void): void {
    this.targets.warmly(fill);
  }

  addressed(row: number, link: LinkConfig): void {
    this.targets.addressed(row, link);
  }

  standIn(row: number, from: number): number {
    return this.routers.masterIn(row, this.run.entities.island[from]!);
  }

  accept(row: number, call: number): void {
    this.forwarding.accept(row, call);
  }

  callerLeft(task: number): void {
    this.forwarding.callerLeft(task);
  }

  ended(row: number, call: number, how: Ending): void {
    this.forwarding.ended(row, call, how);
  }

  deadline(task: number): void {
    this.forwarding.queueTimedOut(task);
  }

  /** By its checks, by its registry, by requests that fail, or as its backup: whichever comes first. */
  predict(row: number, node: number, fault: Fault, wire: number): Window | null {
    if (this.run.entities.effective[row] !== presence.open) return null;
    const target = this.targetAt(row, node, wire);
    return soonest([
      target === undefined ? undefined : this.predictByChecks(row, target, fault),
      target !== undefined && this.forwarding.noticesByRequests(row, target, fault) ? byRequests : undefined,
      predictByLookup(this.run, row, node, fault, wire),
      wire === anyWire ? this.routers.takesOver(row, node, fault) : undefined,
    ]);
  }

  /** What it knows of a node that it sends requests to, over this wire. */
  private targetAt(row: number, node: number, wire: number): number | undefined {
    const { entities, upstreams } = this.run;
    const { table } = upstreams;
    const address = entities.address[node]! - 1;
    const isIt = (target: number) =>
      table.address[target] === address && table.fit[target] === 1 && (wire === anyWire || table.drawn[target] === wire + 1);
    return upstreams.membersOf(this.targets.setOf(row)).find(isIt);
  }

  private predictByChecks(row: number, target: number, fault: Fault): Window {
    const { checks, upstreams } = this.run;
    const config = checks.config(row);
    // They see no share of the requests fail; and one that only connects sees nothing else of what still takes connections.
    const connects = fault === "hangs" || isOfAnswers(fault);
    if (config.mode === "none" || fault === "errs" || (connects && config.mode === "tcp")) return never;
    const [earliest, latest] = predictedDetectionUs(timingOf(config, fault, upstreams.table.latencyUs[target]!));
    // Requests that fail make its checks come sooner, or count as checks.
    return [this.forwarding.observes(row) ? 0 : earliest, latest];
  }

  status(row: number): OwnStatus {
    const { lost, redirected, queueCount } = this.run.entities;
    const queued: Fact[] = queueCount[row]! > 0 ? [{ key: "queued", value: queueCount[row]!, unit: "count" }] : [];
    const isRouter = (this.run.node(row).settings as unknown as BalancerSettings).virtualRouter !== "";
    const router: Fact[] = isRouter ? [{ key: "router", value: `router.${this.routers.roleOf(row)}`, unit: "word" }] : [];
    return {
      ...this.standing.status(row),
      facts: [
        { key: "lost", value: lost[row]!, unit: "count" },
        { key: "redirected", value: redirected[row]!, unit: "count" },
        ...queued,
        ...router,
      ],
      parts: targetParts(this.run, this.targets.setOf(row), this.run.checks.config(row)),
    };
  }

  chart(row: number): ChartDescription {
    return this.standing.life.machine.describe(this.run.entities.state[row]!);
  }

  private learn(row: number): void {
    const own = this.run.node(row).settings as unknown as BalancerSettings;
    this.run.checks.configure(row, checkConfig(own, this.run.memory));
    this.run.agentChecks.configure(row, own.agentCheck && own.rules === "haproxy" ? Math.round(own.agentIntervalMs * 1000) : 0);
  }

  private opened(row: number): void {
    this.targets.open(row);
    this.routers.start(row, false);
    this.heartbeats.begin(row);
  }

  private gone(row: number): void {
    const { entities, metrics, tasks } = this.run;
    this.routers.stop(row, false);
    // On a network that is not gone with it: a registrar beside it says so, and its connections are closed.
    if (this.run.placeIsUp(row)) this.heartbeats.cutOff(row);
    this.targets.close(row);
    for (let left = entities.inFlight[row]!; left > 0; left--) metrics.record(row, "failed", 0);
    tasks.closeAll(row);
  }
}

function timingOf(config: CheckConfig, fault: Fault, latencyUs: number): CheckTiming {
  return {
    intervalUs: config.intervalUs,
    fastIntervalUs: config.fastUs,
    downIntervalUs: config.downUs,
    timeoutUs: config.timeoutUs,
    rise: config.health.rise,
    fall: config.health.fall,
    latencyUs,
    failure: fault === "silent" || fault === "cut-off" || fault === "hangs" ? "silent" : "refused",
    isCutOff: fault === "cut-off",
  };
}

function checkConfig(own: BalancerSettings, memory: boolean): CheckConfig {
  const us = (milliseconds: number, otherwise: number) => Math.round((milliseconds > 0 ? milliseconds : otherwise) * 1000);
  return {
    mode: own.checks as CheckConfig["mode"],
    intervalUs: us(own.intervalMs, own.intervalMs),
    fastUs: us(own.fastIntervalMs, own.intervalMs),
    downUs: us(own.downIntervalMs, own.intervalMs),
    timeoutUs: us(own.checkTimeoutMs, own.intervalMs),
    health:
      own.counting === "window"
        ? windowHealth(own.probeWindow, own.probeThreshold, { memory })
        : targetHealth(own.rise, own.fall, { memory }),
  };
}
