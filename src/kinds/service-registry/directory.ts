import { hashString, uniform } from "../../base/random.ts";
import { priority } from "../../engine/kernel/kernel.ts";
import { watching, type Found, type Lookup } from "../../engine/discovery.ts";
import { presence } from "../../engine/entities.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";
import type { LinkConfig } from "../../engine/world.ts";
import { AnswerOrders, type AnswerOrder } from "./answer-order.ts";
import type { RegistrySettings } from "./declaration.ts";
import { readersOf } from "./readers.ts";
import type { Leases } from "./leases.ts";
import { answersTo, type Wanted } from "./metadata.ts";
import { us } from "./systems/system.ts";

/** What a registry answers, and to whom: the same catalogue looks different to an API and to DNS. */
export class Directory {
  private readonly run: Run;
  private readonly leases: Leases;
  private readonly orders: AnswerOrders;
  /** The entries that a system gives out by rules of its own; null: it has none. */
  private readonly chosen: (registry: number, wanted: Wanted) => readonly number[] | null;

  constructor(run: Run, leases: Leases, chosen: (registry: number, wanted: Wanted) => readonly number[] | null) {
    this.run = run;
    this.leases = leases;
    this.orders = run.keep(new AnswerOrders());
    this.chosen = chosen;
    run.receive(code.look, (registry, link, generation) => this.look(registry, link, generation));
    run.receive(code.longPollOver, (registry, link, generation) => this.overdue(registry, link, generation));
    run.receive(code.merged, (registry, _, generation) => this.push(registry, generation));
    run.receive(code.asked, (registry, question, generation) => this.asked(registry, question, generation));
  }

  /** How a consumer asks: as its link says, else as the registry is set, else as is this system's way. */
  lookup(registry: number, link: LinkConfig): Lookup {
    const settings = this.leases.settingsOf(registry);
    const { reads } = link.settings as unknown as { reads: string };
    if (reads !== "registry") return lookupBy(reads as Lookup["way"], settings);
    const { consumers } = settings;
    return consumers === "own" ? this.leases.systemOf(registry).lookup(settings) : lookupBy(consumers as Lookup["way"], settings);
  }

  /** The answer to a consumer: the instances of its service that it may have. */
  answer(registry: number, link: LinkConfig): Found[] {
    const wanted = link.settings as unknown as Wanted;
    const { way } = this.lookup(registry, link);
    const chosenBy = this.chosen(registry, wanted);
    if (chosenBy !== null) return this.found(chosenBy);
    const service = hashString(wanted.service);
    const listed = this.leases.listedAt(registry).filter((row) => this.leases.table.service[row] === service);
    const given = this.given(registry, listed, way === "dns");
    const fit = given.filter((row) => answersTo(this.leases.registrationOf(row), wanted));
    const near = fit.filter((row) => wanted.zone !== "" && this.leases.registrationOf(row)?.zone === wanted.zone);
    const chosen = near.length > 0 ? near : fit;
    return this.found(way === "dns" ? this.records(registry, link, chosen) : chosen);
  }

  private found(rows: readonly number[]): Found[] {
    return rows.map((row) => ({ address: this.leases.table.address[row]!, weight: this.leases.registrationOf(row)?.weight ?? 1 }));
  }

  /** Which of a service's entries are given out. */
  private given(registry: number, listed: readonly number[], byDns: boolean): readonly number[] {
    const { leases } = this;
    const system = leases.systemOf(registry);
    const settings = leases.settingsOf(registry);
    if (system.cacheUs(settings) > 0) return listed.filter((row) => leases.table.isCached[row] === 1);
    // Consul: by DNS also those with a warning, by ?passing only the rest ([M] views).
    const well = listed.filter((row) => leases.isWell(row) || (byDns && leases.life.is(row, "warning")));
    const protectAt = system.protectAt(settings);
    const isTooFew = protectAt !== null && listed.length > 0 && (100 * well.length) / listed.length <= protectAt;
    return isTooFew ? listed : well;
  }

  /** A DNS answer holds so many records; which ones, is drawn anew for each. */
  private few(registry: number, link: LinkConfig, rows: readonly number[]): readonly number[] {
    const most = this.leases.systemOf(registry).dnsAnswers;
    if (most === 0 || rows.length <= most) return rows;
    const luck = this.run.luckOf(registry, `dns ${link.id}`);
    const left = [...rows];
    const drawn = Array.from({ length: most }, (_, draw) => {
      const place = Math.floor(uniform(luck, this.run.links.generation[link.row]!, draw) * left.length);
      return left.splice(place, 1)[0]!;
    });
    return drawn.sort((a, b) => rows.indexOf(a) - rows.indexOf(b));
  }

  /** A name server's answer: not too many, and in its order. */
  private records(registry: number, link: LinkConfig, rows: readonly number[]): readonly number[] {
    const luck = this.run.luckOf(registry, `order ${link.id}`);
    const order = this.leases.settingsOf(registry).answerOrder as AnswerOrder;
    const draw = (nth: number) => uniform(luck, this.run.links.generation[link.row]!, nth);
    return this.orders.next(registry, hashString(wantedBy(link)), this.few(registry, link, rows), order, draw);
  }

  /** A caller asks for one request: it is answered, or refused if nobody listens. */
  private asked(registry: number, question: number, generation: number): void {
    const { questions, members, entities } = this.run;
    const link = questions.linkOf(question, generation);
    if (link === null || !members.connects(link, registry)) return;
    if (entities.effective[registry] === presence.silent) return;
    questions.reply(link, question, this.answers(registry) ? this.answer(registry, link) : null);
  }

  /** Whether it answers now: of several members, one that knows of no leader may have leave to answer from its own copy. */
  private answers(registry: number): boolean {
    const mayBeStale = this.leases.settingsOf(registry).staleReads && this.run.members.of(registry).length > 1;
    return this.leases.isReady(registry) || (mayBeStale && this.run.entities.effective[registry] === presence.open);
  }

  private look(registry: number, linkRow: number, generation: number): void {
    const { links, world, discovery } = this.run;
    const link = world.links[linkRow];
    if (link === undefined || links.generation[linkRow] !== generation || !this.answers(registry)) return;
    if (!discovery.reaches(link, link.from, registry)) return;
    const { way, everyUs } = this.lookup(registry, link);
    links.watching[linkRow] = way === "watch" ? watching.watch : watching.no;
    if (way === "long-poll" && links.answered[linkRow] === 1 && links.news[linkRow] === 0) return this.park(link, everyUs);
    this.tell(registry, link, false);
  }

  /** Nothing new: the question waits, for its time and up to a sixteenth more (Consul's documents; [M] 2.0–2.11 s of 2 s). */
  private park(link: LinkConfig, waitUs: number): void {
    const { links, kernel } = this.run;
    const generation = links.generation[link.row]!;
    const jitter = uniform(this.run.luckOf(this.run.members.at(link), `wait ${link.id}`), generation);
    links.watching[link.row] = watching.parked;
    kernel.push(
      kernel.nowUs + waitUs + Math.floor((jitter * waitUs) / 16),
      priority.timer,
      code.longPollOver,
      this.run.members.at(link),
      link.row,
      generation,
    );
  }

  private overdue(registry: number, linkRow: number, generation: number): void {
    const { links, world } = this.run;
    const link = world.links[linkRow];
    if (link === undefined || links.generation[linkRow] !== generation || links.watching[linkRow] !== watching.parked) return;
    this.run.kernel.cause = -1;
    links.watching[linkRow] = watching.no;
    this.tell(registry, link, false);
  }

  private tell(registry: number, link: LinkConfig, changed: boolean): void {
    this.run.links.news[link.row] = 0;
    this.run.discovery.tell(link, this.answer(registry, link), changed);
  }

  /** Whoever watches is told of a change, at once or with others that come about the same time. */
  changed(registry: number, service: number, concerns: (link: LinkConfig) => boolean = () => true): void {
    const { kernel, links } = this.run;
    const { mergeUs } = this.leases.systemOf(registry);
    const { isMerging, generation } = this.leases.states.table;
    for (const link of readersOf(this.run, registry))
      if (hashString(wantedBy(link)) === service && concerns(link)) links.news[link.row] = 1;
    if (mergeUs === 0) return this.tellAll(registry);
    if (isMerging[registry] === 1) return;
    isMerging[registry] = 1;
    kernel.after(mergeUs, priority.timer, code.merged, registry, 0, generation[registry]!);
  }

  private push(registry: number, generation: number): void {
    if (this.leases.states.table.generation[registry] !== generation) return;
    this.leases.states.table.isMerging[registry] = 0;
    this.tellAll(registry);
  }

  private tellAll(registry: number): void {
    const { kernel, links, entities } = this.run;
    if (entities.effective[registry] !== presence.open) return;
    const cause = kernel.cause;
    for (const link of readersOf(this.run, registry)) {
      if (links.news[link.row] === 0 || links.watching[link.row] === watching.no) continue;
      if (links.watching[link.row] === watching.parked) links.watching[link.row] = watching.no;
      kernel.cause = cause;
      this.tell(registry, link, true);
    }
    kernel.cause = cause;
  }
}

function lookupBy(way: Lookup["way"], { pollMs, waitMs, recordTtlMs }: RegistrySettings): Lookup {
  const every = { watch: 0, request: 0, poll: pollMs, "long-poll": waitMs, dns: recordTtlMs } as const;
  return { way, everyUs: us(every[way]) };
}

const wantedBy = (link: LinkConfig): string => (link.settings as unknown as Wanted).service;
