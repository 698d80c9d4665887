import { put } from "../base/put.ts";
import { uniform } from "../base/random.ts";
import { conduct } from "./conduct.ts";
import { presence } from "./entities.ts";
import { hop } from "./feed.ts";
import { whatNumber } from "./journal.ts";
import { wireCut } from "./links.ts";
import { priority } from "./kernel/kernel.ts";
import type { TargetHealth } from "./machines/target-health.ts";
import { code } from "./protocol.ts";
import type { Run } from "./run.ts";

/** How a balancer checks its targets. */
export interface CheckConfig {
  readonly mode: "none" | "tcp" | "http";
  readonly intervalUs: number;
  /** Instead of the interval while a target goes up or down, and while it is down. */
  readonly fastUs: number;
  readonly downUs: number;
  readonly timeoutUs: number;
  readonly health: TargetHealth;
}

/**
 * Active health checks as messages on the wire. The next check begins one interval after the end of the one
 * before (HAProxy, check.c); which interval depends on the state that the check has left the target in.
 */
export class Checks {
  private readonly run: Run;
  private readonly configs: (CheckConfig | undefined)[] = [];

  constructor(run: Run) {
    this.run = run;
    run.kernel.on(code.checkTimeout, (_, target, generation) => {
      if (run.upstreams.table.generation[target] === generation) this.ended(target, false);
    });
    run.kernel.on(code.checkDue, (balancer, target, generation) => this.due(balancer, target, generation));
    run.kernel.on(code.probe, (address, target, generation) => this.arrive(address, target, generation));
    run.kernel.on(code.probeAnswer, (balancer, target, answer) => this.answered(balancer, target, answer));
  }

  configure(balancer: number, config: CheckConfig): void {
    put(this.configs, balancer, config);
  }

  config(balancer: number): CheckConfig {
    return this.configs[balancer]!;
  }

  /** Whether they leave a target in turn; those that do not check leave everybody. */
  callWell(balancer: number, target: number): boolean {
    return this.configs[balancer]!.health.usable[this.run.upstreams.table.state[target]!] === 1;
  }

  /** Begins to check a target, after a wait. */
  begin(balancer: number, target: number, waitUs: number): void {
    if (this.configs[balancer]!.mode === "none") return;
    this.checkLater(balancer, target, waitUs);
  }

  private checkLater(balancer: number, target: number, waitUs: number): void {
    const { kernel, upstreams } = this.run;
    const { table } = upstreams;
    table.nextCheckUs[target] = kernel.nowUs + waitUs;
    kernel.after(waitUs, priority.timer, code.checkDue, balancer, target, table.generation[target]!);
  }

  /**
   * Requests have shown that a target is not well, and its health suffers as if checks had ([S] HAProxy, check.c,
   * __health_adjust; −1: no event); where there is a fast interval, the next check comes that soon.
   */
  suffer(balancer: number, target: number, event: number): void {
    const { kernel, upstreams } = this.run;
    const { table } = upstreams;
    const { mode, health, fastUs, intervalUs } = this.configs[balancer]!;
    if (mode === "none" || table.removed[target] === 1) return;
    if (event >= 0) this.heed(balancer, target, health, event, false);
    if (fastUs === intervalUs || table.nextCheckUs[target]! <= kernel.nowUs + fastUs) return;
    table.generation[target]!++;
    kernel.cause = -1;
    this.checkLater(balancer, target, fastUs);
  }

  /** First checks are spread over the interval (HAProxy spreads them over its start). */
  spread(balancer: number, target: number): number {
    const { upstreams, world } = this.run;
    const luck = this.run.luckOf(balancer, `check ${world.nodeIds[upstreams.table.entity[target]!]!}`);
    return Math.floor(uniform(luck, 0) * this.configs[balancer]!.intervalUs);
  }

  /** Ceases to check; what is on its way is void. */
  cease(target: number): void {
    this.run.upstreams.table.generation[target]!++;
  }

  private due(balancer: number, target: number, generation: number): void {
    const { kernel, upstreams, feed, entities, network } = this.run;
    const { table } = upstreams;
    if (table.generation[target] !== generation || entities.effective[balancer] !== presence.open) return;
    // A check's cause is nothing but the clock.
    kernel.cause = -1;
    const latencyUs = table.latencyUs[target]!;
    table.checkedUs[target] = kernel.nowUs;
    // Its time is over before it can arrive.
    if (latencyUs > this.configs[balancer]!.timeoutUs) this.keepWaiting(balancer, target, generation);
    else kernel.after(latencyUs, priority.arrival, code.probe, table.address[target]!, target, generation);
    const address = table.address[target]!;
    if (feed.on) network.draw(balancer, network.seenAt(address, balancer), address, latencyUs, table.drawn[target]! - 1, hop.probe, -1, -1);
  }

  private arrive(address: number, target: number, generation: number): void {
    const { upstreams, network, links, addresses, entities } = this.run;
    const { table } = upstreams;
    if (table.generation[target] !== generation) return;
    const balancer = upstreams.sets.owner[table.upstream[target]!]!;
    const link = table.drawn[target]! - 1;
    const meeting = link >= 0 && (links.cut[link]! & wireCut.there) !== 0 ? presence.silent : network.meets(address, balancer);
    if (meeting === presence.silent) return this.keepWaiting(balancer, target, generation);
    if (meeting === presence.refuse) return this.sendAnswer(balancer, target, generation, false);
    const connects = this.configs[balancer]!.mode === "tcp";
    if (meeting === presence.hung && !connects) return this.keepWaiting(balancer, target, generation);
    const holder = addresses.holder[address]! - 1;
    const behaves = entities.conduct[holder]! <= conduct.errs;
    const well = connects || (behaves && entities.busy[holder] === 0) || (this.run.of(holder).healthy?.(holder) ?? true);
    this.sendAnswer(balancer, target, generation, well);
  }

  /**
   * No answer will come in time: only now does the check's timeout go into the queue, for its proper instant. It
   * comes out as if it had been there from the start, and the many checks that are answered never pay for it.
   */
  private keepWaiting(balancer: number, target: number, generation: number): void {
    const { kernel, upstreams } = this.run;
    const dueUs = Math.max(kernel.nowUs, upstreams.table.checkedUs[target]! + this.configs[balancer]!.timeoutUs);
    kernel.push(dueUs, priority.timeout, code.checkTimeout, balancer, target, generation);
  }

  private sendAnswer(balancer: number, target: number, generation: number, well: boolean): void {
    const { kernel, upstreams, feed, network } = this.run;
    const { table } = upstreams;
    const latencyUs = table.latencyUs[target]!;
    const address = table.address[target]!;
    const link = table.drawn[target]! - 1;
    const backUs = kernel.nowUs + latencyUs;
    if (feed.on) network.draw(network.seenAt(address, balancer), balancer, address, latencyUs, link, hop["probe-answer"], -1, -1);
    if (backUs > table.checkedUs[target]! + this.configs[balancer]!.timeoutUs) return this.keepWaiting(balancer, target, generation);
    kernel.push(backUs, priority.completion, code.probeAnswer, balancer, target, generation * 2 + (well ? 1 : 0));
  }

  private answered(balancer: number, target: number, answer: number): void {
    const { upstreams, entities, links } = this.run;
    const { table } = upstreams;
    if (table.generation[target] !== answer >> 1) return;
    const link = table.drawn[target]! - 1;
    const node = table.entity[target]!;
    const isLost =
      entities.effective[balancer] !== presence.open ||
      (link >= 0 && (links.cut[link]! & wireCut.back) !== 0) ||
      entities.island[node] !== entities.island[balancer];
    if (isLost) this.keepWaiting(balancer, target, answer >> 1);
    else this.ended(target, (answer & 1) === 1);
  }

  private ended(target: number, passed: boolean): void {
    const { kernel, upstreams } = this.run;
    const { table } = upstreams;
    const balancer = upstreams.sets.owner[table.upstream[target]!]!;
    const config = this.configs[balancer]!;
    table.generation[target]!++;
    if (passed) table.lastGoodUs[target] = table.checkedUs[target]!;
    const wasFit = table.fit[target] === 1;
    this.heed(balancer, target, config.health, passed ? config.health.passEvent : config.health.failEvent, passed);
    if (passed && !wasFit) upstreams.passedCheck(target);
    const pace = config.health.pace[table.state[target]!]!;
    const waitUs = pace === 0 ? config.intervalUs : pace === 1 ? config.fastUs : config.downUs;
    kernel.cause = -1;
    this.checkLater(balancer, target, waitUs);
  }

  private heed(balancer: number, target: number, health: TargetHealth, event: number, passed: boolean): void {
    const { upstreams } = this.run;
    const { table } = upstreams;
    const { machine } = health;
    const state = table.state[target]!;
    if (table.examined[target] === 0) this.run.touch(balancer);
    table.examined[target] = 1;
    if (!machine.heeds(state, event)) return;
    const after = machine.next(state, event);
    if (after === state) return;
    table.state[target] = after;
    this.tell(balancer, target, health, passed, state);
    // A check that only counts on leaves a target out of turn that is so by failures of its requests.
    const isUsable = health.usable[after] === 1;
    if (isUsable !== (health.usable[state] === 1)) upstreams.use(target, isUsable && table.agentDown[target] === 0);
    this.run.touch(balancer);
  }

  /** Writes what the check has changed: missed 2/3, DOWN, passed 1/2, up again. */
  private tell(balancer: number, target: number, health: TargetHealth, passed: boolean, before: number): void {
    const { kernel, upstreams, network, journal } = this.run;
    const { table } = upstreams;
    const node = table.entity[target]!;
    const last = network.lastWord(table.address[target]!, table.drawn[target]! - 1);
    const incarnation = table.incarnation[target]!;
    const after = table.state[target]!;
    const wasDown = health.usable[before] === 0;
    if (last > 0) kernel.cause = last - 1;
    if (!passed) journal.write(whatNumber.missed, balancer, node, -1, incarnation, health.missed[after]! || health.fall, health.fall);
    else if (wasDown) journal.write(whatNumber.passed, balancer, node, -1, incarnation, health.passed[after]! || health.rise, health.rise);
    const isDown = health.usable[after] === 0;
    if (isDown === wasDown) return;
    table.sinceUs[target] = kernel.nowUs;
    journal.write(isDown ? whatNumber["target-down"] : whatNumber["target-up"], balancer, node, -1, incarnation, 0, 0);
  }
}
