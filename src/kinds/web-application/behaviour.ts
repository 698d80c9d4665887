import { presence } from "../../engine/entities.ts";
import { wreckActs } from "../../document/fault-acts.ts";
import { Heartbeats } from "../../engine/heartbeats.ts";
import { Installed, type Refusal } from "../../engine/installed.ts";
import type { Behaviour, Fault, OwnStatus } from "../../engine/kind.ts";
import { beginLookups, endLookups, predictByLookup, wireLookups } from "../../engine/lookups.ts";
import { allWell, servingFacts, slowDown } from "../../engine/serving-status.ts";
import type { Window } from "../../engine/policies/detection.ts";
import type { Run } from "../../engine/run.ts";
import type { ChartDescription } from "../../engine/status.ts";
import type { NodeConfig } from "../../engine/world.ts";
import type { settings } from "./declaration.ts";

type ApplicationSettings = (typeof settings)["defaults"];

/** What is done to the process in which it is. */
const serversActs = ["hang", "resume", "stop"];

export function behaviour(run: Run): Behaviour {
  return new WebApplications(run);
}

/** A WAR in an application server: threads and memory of that one process, and nothing that would keep it apart. */
class WebApplications implements Behaviour {
  private readonly run: Run;
  private readonly installed: Installed;
  private readonly heartbeats: Heartbeats;

  constructor(run: Run) {
    this.run = run;
    this.installed = new Installed(run, {
      startUs: (row) => Math.round(this.settingsOf(row).deployMs * 1000),
      placeIsReady: (row) => run.placeIsUp(row) && run.entities.presence[this.serverOf(row)] === presence.open,
      refusal: (row) => this.refusal(row),
      port: (row) => this.serverSettings(row).port,
      machine: (row) => run.entities.parent[this.serverOf(row)]! - 1,
      opened: (row) => this.opened(row),
      graceUs: (row) => Math.round(this.settingsOf(row).unloadDelayMs * 1000),
      isBusy: (row) => run.entities.inFlight[row]! > 0,
      farewell: (row) => this.heartbeats.withdraw(row),
      hangs: (row, hangs) => this.hangs(row, hangs),
      cutOff: (row) => this.heartbeats.cutOff(row),
      gone: (row) => this.gone(row),
    });
    this.heartbeats = new Heartbeats(run, (row) => this.installed.isAlive(row));
  }

  create(row: number, warm: boolean): void {
    this.run.serving.configure(row, this.run.serviceConfig(row));
    this.installed.create(row, warm);
  }

  wire(row: number, warm: boolean): void {
    wireLookups(this.run, row, warm);
    if (warm) this.heartbeats.beginWarm(row);
  }

  configure(row: number, before: NodeConfig): void {
    const { run } = this;
    run.serving.configure(row, run.serviceConfig(row));
    run.processors.changed(row);
    wireLookups(run, row, false);
    this.heartbeats.beginNew(row);
    this.heartbeats.reregister(row, before.links);
    run.memories.look(row);
    run.touch(row);
  }

  registerAnew(row: number): void {
    this.heartbeats.beginNew(row);
  }

  predict(row: number, node: number, fault: Fault, wire: number): Window | null {
    return predictByLookup(this.run, row, node, fault, wire) ?? null;
  }

  relearn(row: number): void {
    this.run.serving.learn(row, this.run.serviceConfig(row));
  }

  remove(row: number): void {
    this.installed.remove(row);
  }

  act(row: number, act: string, amount: number): boolean {
    const { run } = this;
    const isRunning = this.installed.life.is(row, "running");
    if (wreckActs.includes(act as never)) return isRunning && run.environments.wreck(row, act, amount);
    if (act === "slow") return isRunning && slowDown(run, row, amount);
    if (act === "resume" && isRunning) return allWell(run, row);
    // It has no process of its own: when it crashes, its server does.
    if (act === "crash") return this.installed.isAlive(row) && run.of(this.serverOf(row)).act(this.serverOf(row), "crash", amount);
    return this.installed.act(row, act) ?? false;
  }

  placeUp(row: number): void {
    if (this.installed.life.is(row, "waiting") || this.installed.life.is(row, "stopped")) this.installed.start(row);
  }

  placeStops(row: number): boolean {
    return this.installed.placeStops(row);
  }

  placeDown(row: number): void {
    this.installed.send(row, "PLACE_DOWN");
  }

  placeHangs(row: number, hangs: boolean): void {
    this.installed.send(row, hangs ? "HANG" : "RESUME");
  }

  idle(row: number): void {
    this.installed.settle(row);
  }

  accept(row: number, call: number): void {
    this.run.serving.accept(row, call);
  }

  healthy(row: number): boolean {
    return !this.run.serving.isSaturated(row);
  }

  isOverMemory(row: number): boolean {
    return this.run.of(this.serverOf(row)).isOverMemory?.(this.serverOf(row)) ?? false;
  }

  grew(row: number): void {
    this.run.of(this.serverOf(row)).grew?.(this.serverOf(row));
  }

  status(row: number): OwnStatus {
    const { run } = this;
    const own = this.installed.status(row);
    const isRunning = own.state === "running";
    const slowed = isRunning && run.entities.slowness[row]! > 0;
    const ownActs = own.acts.filter((act) => !serversActs.includes(act));
    const more = isRunning ? ["crash", "slow", ...(slowed ? ["resume"] : []), ...wreckActs] : own.state === "hung" ? ["crash"] : [];
    return {
      state: slowed ? "slowed" : own.state,
      tone: slowed ? "doubtful" : own.tone,
      acts: [...ownActs, ...more],
      facts: [{ key: "memory-used", value: Math.round(run.memories.usedMb(row)), unit: "MB" }, ...servingFacts(run, row)],
      parts: run.partsOf(row),
    };
  }

  chart(row: number): ChartDescription {
    return this.installed.life.machine.describe(this.run.entities.state[row]!);
  }

  /** One that was there before time began is wired, and registered, like everything else. */
  private opened(row: number): void {
    const { run } = this;
    run.memories.look(row);
    if (run.following) return;
    this.heartbeats.begin(row);
    beginLookups(run, row);
  }

  private hangs(row: number, hangs: boolean): void {
    const { run } = this;
    if (hangs) return run.serving.hang(row);
    this.heartbeats.beginNew(row);
    wireLookups(run, row, false);
    run.serving.resume(row);
  }

  private gone(row: number): void {
    endLookups(this.run, row);
    this.run.serving.collapse(row);
  }

  private settingsOf(row: number): ApplicationSettings {
    return this.run.node(row).settings as unknown as ApplicationSettings;
  }

  private serverOf(row: number): number {
    return this.run.entities.parent[row]! - 1;
  }

  /** What it must know of the server that it stands in. */
  private serverSettings(row: number): { readonly port: number; readonly javaVersion: number } {
    return this.run.node(this.serverOf(row)).settings as unknown as { port: number; javaVersion: number };
  }

  private refusal(row: number): Refusal | null {
    const { run } = this;
    const server = this.serverOf(row);
    const { javaFrom, javaTo, path } = this.settingsOf(row);
    const { javaVersion } = this.serverSettings(row);
    if (javaVersion < javaFrom) return { what: "java-refused", whom: server, a: javaFrom, b: javaVersion };
    if (javaVersion > javaTo) return { what: "java-refused", whom: server, a: javaTo, b: javaVersion };
    const other = run.node(server).children.find((sibling) => sibling !== row && this.isThereAs(sibling, path));
    return other === undefined ? null : { what: "path-taken", whom: other };
  }

  private isThereAs(sibling: number, path: string): boolean {
    return this.run.entities.address[sibling]! > 0 && this.settingsOf(sibling).path === path;
  }
}
