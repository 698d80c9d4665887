import { put } from "../../base/put.ts";
import { presence } from "../../engine/entities.ts";
import { priority } from "../../engine/kernel/kernel.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";
import type { LinkConfig } from "../../engine/world.ts";
import type { BalancerSettings } from "./behaviour.ts";
import { policyOf } from "./policy.ts";
import { makeSlowStart } from "./slow-start.ts";

interface ForwardSettings {
  readonly finds: string;
  readonly dnsTtlMs: number;
  readonly weight: number;
  readonly backup: boolean;
}

/** Whom it tells that there may be room again, and that a target that was not fit has passed a check. */
interface Listeners {
  serveQueue(row: number): void;
  passedCheck(row: number, target: number): void;
}

/** How a balancer comes by its targets, from links and from a registry, and how each of them begins. */
export function makeTargets(run: Run, settingsOf: (row: number) => BalancerSettings, { serveQueue, passedCheck }: Listeners) {
  const { entities, upstreams, links, checks, agentChecks, discovery, kernel } = run;
  const cameUp = makeSlowStart(run, (row) => Math.round(settingsOf(row).slowStartMs * 1000));
  const sets = run.keep(new SetOf());
  const setOf = (row: number) => sets.of(row);
  const limit = makeLimits(run, settingsOf, setOf);
  let warming = false;
  /**
   * How long after now a target that joins is checked for the first time: HAProxy spreads these over the interval as it starts, by the
   * servers' places ([S] check.c, start_check_task).
   */
  let firstCheckUs = 0;

  const joined = (row: number, target: number) => {
    const { health, mode } = checks.config(row);
    const isTrusted = !warming && settingsOf(row).startState === "up";
    const startsUp = warming || mode === "none" || isTrusted;
    upstreams.table.state[target] = health.machine.stateOf(mode === "none" || isTrusted ? "unchecked" : startsUp ? "up" : "down");
    if (!startsUp) upstreams.use(target, false);
    else serveQueue(row);
    if (entities.effective[row] === presence.open) {
      checks.begin(row, target, warming ? checks.spread(row, target) : firstCheckUs);
      agentChecks.begin(row, target, warming ? checks.spread(row, target) : 0);
    }
  };

  const linked = (row: number, role: "forward" | "source") => run.world.nodes[row]?.links.filter((link) => link.role === role) ?? [];
  const forwardSettings = (link: LinkConfig) => link.settings as unknown as ForwardSettings;

  /** A link to one target: its address as the balancer knows it, by configuration or by name. */
  const fillForward = (link: LinkConfig) => {
    const { finds, weight, backup } = forwardSettings(link);
    const address = finds === "dns" ? entities.address[link.to]! : links.address[link.row]!;
    const known = upstreams.find(setOf(link.from), address - 1) >= 0;
    // What has always been there is not told of.
    if (warming && address > 0 && !known) upstreams.add(setOf(link.from), address - 1, link.row, link.latencyUs, weight, true, backup);
    upstreams.fill(setOf(link.from), link.row, address > 0 ? [address - 1] : [], link.latencyUs, weight, true, backup);
    for (const target of upstreams.membersOf(setOf(link.from))) {
      if (upstreams.table.link[target] !== link.row) continue;
      upstreams.configureWeight(target, weight);
      upstreams.backUp(target, backup);
      upstreams.administer(target, links.admin[link.row]!);
    }
    if (finds === "dns") askNameLater(link);
  };

  const askNameLater = (link: LinkConfig) => {
    const generation = ++links.generation[link.row]!;
    const waitUs = Math.max(10_000, Math.round(forwardSettings(link).dnsTtlMs * 1000));
    kernel.after(waitUs, priority.timer, code.dnsDue, link.from, link.row, generation);
  };

  run.receive(code.dnsDue, (row, linkRow, generation) => {
    const link = run.world.links[linkRow];
    if (link === undefined || links.generation[linkRow] !== generation || entities.effective[row] !== presence.open) return;
    kernel.cause = -1;
    fillForward(link);
  });

  const wireSources = (row: number, warm: boolean) => {
    for (const link of linked(row, "source")) {
      if (links.upstream[link.row] === setOf(row) + 1) continue;
      links.upstream[link.row] = setOf(row) + 1;
      if (warm) run.pendingLookups.push(link);
      else discovery.begin(link);
    }
  };

  /** Targets whose link is gone from the document. */
  const prune = (row: number) => {
    const there = new Set(run.node(row).links.map((link) => link.row));
    for (const target of upstreams.membersOf(setOf(row)))
      if (!there.has(upstreams.table.link[target]!)) upstreams.fill(setOf(row), upstreams.table.link[target]!, [], 0, 1);
  };

  const wire = (row: number, warm: boolean, isStarting = false) => {
    if (entities.effective[row] !== presence.open) return;
    warming = warm;
    const drawn = linked(row, "forward");
    drawn.forEach((link, place) => {
      run.addressing.capture(link);
      firstCheckUs =
        isStarting && settingsOf(row).startState === "up" ? Math.floor((checks.config(row).intervalUs * place) / drawn.length) : 0;
      fillForward(link);
    });
    firstCheckUs = 0;
    wireSources(row, warm);
    warming = false;
  };

  /** What is not in any column. */
  const learn = (row: number) => {
    // What bears the row's id later may be something else, with targets of its own.
    const isOurs = (target: number) => upstreams.table.upstream[target] === setOf(row);
    upstreams.own(row, {
      joined(target) {
        if (isOurs(target)) joined(row, target);
      },
      left(target) {
        checks.cease(target);
        agentChecks.cease(target);
      },
      opened(target) {
        if (!isOurs(target)) return;
        cameUp(row, target);
        serveQueue(row);
      },
      passed(target) {
        if (isOurs(target)) passedCheck(row, target);
      },
    });
    limit(row);
  };

  return {
    setOf,
    create(row: number) {
      if (!sets.has(row)) sets.put(row, upstreams.addSet(row, policyOf(settingsOf(row)), run.luckOf(row, "picks")));
      learn(row);
    },
    learn,
    wire,
    configure(row: number, checksBegin: boolean) {
      upstreams.switchTo(setOf(row), policyOf(settingsOf(row)));
      limit(row);
      prune(row);
      wire(row, false);
      if (checksBegin) recheck(row);
      serveQueue(row);
    },
    addressed(row: number, link: LinkConfig) {
      // While the document is being followed nobody is wired yet: that comes when everybody has an address.
      if (!run.following && link.role === "forward" && sets.has(row) && entities.effective[row] === presence.open) fillForward(link);
    },
    /** It is up (again): it reads its configuration and asks its registries. */
    open(row: number) {
      for (const link of linked(row, "source")) links.upstream[link.row] = 0;
      wire(row, false, true);
    },
    close(row: number) {
      for (const link of linked(row, "source")) discovery.end(link);
      for (const target of upstreams.membersOf(setOf(row))) upstreams.remove(target);
    },
    /** While a warm run begins: what is found is as if it had long been checked. */
    warmly(fill: () => void) {
      warming = true;
      fill();
      warming = false;
    },
  };

  /** Checks begin anew under the settings as they are now; a target keeps being up or down. */
  function recheck(row: number): void {
    const { health, mode } = checks.config(row);
    for (const target of upstreams.membersOf(setOf(row))) {
      const usable = upstreams.table.fit[target] === 1;
      checks.cease(target);
      upstreams.table.state[target] = health.machine.stateOf(mode === "none" ? "unchecked" : usable ? "up" : "down");
      if (mode === "none") upstreams.use(target, true);
      checks.begin(row, target, checks.spread(row, target));
      agentChecks.begin(row, target, checks.spread(row, target));
    }
  }
}

/** What a balancer's settings say of its whole set. */
function makeLimits({ upstreams }: Run, settingsOf: (row: number) => BalancerSettings, setOf: (row: number) => number) {
  return (row: number): void => {
    const { targetLimit, rules, panicPercent } = settingsOf(row);
    // Varnish chooses whoever's turn it is, full or not; Apache and Envoy have no such limit of a target that others make up for.
    upstreams.limit(setOf(row), ["haproxy", "nginx", "caddy"].includes(rules) ? targetLimit : 0);
    upstreams.helpTogether(setOf(row), rules === "nginx");
    upstreams.panicBelow(setOf(row), rules === "envoy" ? panicPercent : 0);
  };
}

/** Which set is a balancer's. */
class SetOf {
  private sets: (number | undefined)[] = [];

  has(row: number): boolean {
    return (this.sets[row] ?? 0) > 0;
  }

  of(row: number): number {
    return (this.sets[row] ?? 0) - 1;
  }

  put(row: number, set: number): void {
    put(this.sets, row, set + 1);
  }

  save(): unknown {
    return this.sets.slice();
  }

  load(saved: unknown): void {
    this.sets = (saved as (number | undefined)[]).slice();
  }
}
