import { put } from "../base/put.ts";
import { presence } from "./entities.ts";
import { whatNumber } from "./journal.ts";
import { priority } from "./kernel/kernel.ts";
import { code } from "./protocol.ts";
import type { Run } from "./run.ts";
import { admin } from "./upstream-tables.ts";

/** What an agent's answer asks for; what it does not speak of stays as it is. */
export interface AgentWords {
  readonly percent?: number;
  readonly admin?: number;
  readonly isDown?: boolean;
}

/**
 * Reads what an agent says ([S] HAProxy, tcpcheck.c, tcpcheck_agent_expect_check): words apart by spaces or commas; what
 * follows a `#` is a remark, but one that is glued to a word makes that word unknown (measured, b_agent_words).
 */
export function readAgent(text: string): AgentWords {
  let told: AgentWords = {};
  for (const word of text.split(/[\s,]+/u)) {
    if (word.startsWith("#")) break;
    const percent = /^(\d+)%$/u.exec(word);
    if (percent !== null) told = { ...told, percent: Math.min(Number(percent[1]), 25_600) };
    else told = { ...told, ...meanings[word.toLowerCase()] };
  }
  return told;
}

const meanings: Readonly<Record<string, AgentWords>> = {
  up: { isDown: false },
  down: { isDown: true },
  stopped: { isDown: true },
  fail: { isDown: true },
  ready: { admin: admin.ready },
  drain: { admin: admin.drain },
  maint: { admin: admin.maint },
};

/**
 * HAProxy's `agent-check`: a program beside each server is asked how the server is, and may ask for a share of its weight, for
 * a drain, or to be taken out. Who does not answer is left as it is.
 */
export class AgentChecks {
  private readonly run: Run;
  /** Between the end of one question and the next; 0: nobody is asked. */
  private readonly intervalsUs: (number | undefined)[] = [];

  constructor(run: Run) {
    this.run = run;
    run.kernel.on(code.agentDue, (balancer, target, generation) => this.due(balancer, target, generation));
    run.kernel.on(code.agentAsk, (address, target, generation) => this.arrive(address, target, generation));
    run.kernel.on(code.agentAnswer, (balancer, target, generation) => this.answered(balancer, target, generation));
  }

  configure(balancer: number, intervalUs: number): void {
    put(this.intervalsUs, balancer, intervalUs);
  }

  /** Begins to ask (anew); who is asked no more is as its agent had never spoken. */
  begin(balancer: number, target: number, waitUs: number): void {
    const { table } = this.run.upstreams;
    table.agentGeneration[target]!++;
    if (this.intervalsUs[balancer]! > 0) this.later(balancer, target, waitUs);
    else if (table.agentDown[target] === 1 || table.agentPercent[target]! > 0) this.forget(balancer, target);
  }

  cease(target: number): void {
    this.run.upstreams.table.agentGeneration[target]!++;
  }

  private later(balancer: number, target: number, waitUs: number): void {
    const { kernel, upstreams } = this.run;
    kernel.cause = -1;
    kernel.after(waitUs, priority.timer, code.agentDue, balancer, target, upstreams.table.agentGeneration[target]!);
  }

  private due(balancer: number, target: number, generation: number): void {
    const { kernel, upstreams, entities } = this.run;
    const { table } = upstreams;
    if (table.agentGeneration[target] !== generation || entities.effective[balancer] !== presence.open) return;
    kernel.cause = -1;
    kernel.after(table.latencyUs[target]!, priority.arrival, code.agentAsk, table.address[target]!, target, generation);
  }

  private arrive(address: number, target: number, generation: number): void {
    const { kernel, upstreams, network } = this.run;
    const { table } = upstreams;
    if (table.agentGeneration[target] !== generation) return;
    const balancer = upstreams.sets.owner[table.upstream[target]!]!;
    const speaks = network.meets(address, balancer) === presence.open;
    if (!speaks) return this.later(balancer, target, this.intervalsUs[balancer]!);
    kernel.after(table.latencyUs[target]!, priority.completion, code.agentAnswer, balancer, target, generation);
  }

  private answered(balancer: number, target: number, generation: number): void {
    const { upstreams, world } = this.run;
    const { table } = upstreams;
    if (table.agentGeneration[target] !== generation) return;
    const { agentSays } = (world.nodes[table.entity[target]!]?.settings ?? {}) as { agentSays?: string };
    this.heed(balancer, target, readAgent(agentSays ?? ""));
    this.later(balancer, target, this.intervalsUs[balancer]!);
  }

  private heed(balancer: number, target: number, told: AgentWords): void {
    const { upstreams } = this.run;
    const { table } = upstreams;
    if (told.percent !== undefined) upstreams.askWeight(target, told.percent);
    if (told.admin !== undefined) upstreams.administer(target, told.admin);
    if (told.isDown === undefined || (table.agentDown[target] === 1) === told.isDown) return;
    table.agentDown[target] = told.isDown ? 1 : 0;
    this.use(balancer, target);
  }

  /** Up is what both its checks and its agent call up. */
  private use(balancer: number, target: number): void {
    const { upstreams, checks, journal, kernel } = this.run;
    const { table } = upstreams;
    const isHealthy = checks.callWell(balancer, target);
    const isUp = isHealthy && table.agentDown[target] === 0;
    if (isHealthy) {
      table.sinceUs[target] = kernel.nowUs;
      const what = isUp ? whatNumber["target-up"] : whatNumber["target-down"];
      journal.write(what, balancer, table.entity[target]!, -1, table.incarnation[target]!, 0, 0);
    }
    upstreams.use(target, isUp);
    this.run.touch(balancer);
  }

  private forget(balancer: number, target: number): void {
    const { upstreams } = this.run;
    const { table } = upstreams;
    upstreams.askWeight(target, null);
    if (table.agentDown[target] === 0) return;
    table.agentDown[target] = 0;
    this.use(balancer, target);
  }
}
