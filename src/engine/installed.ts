import { presence } from "./entities.ts";
import type { Hosting } from "./hosting.ts";
import { installedLife } from "./machines/installed-life.ts";
import type { Run } from "./run.ts";
import type { Tone } from "./status.ts";
import type { What } from "./vocabulary.ts";

const tones: Readonly<Record<string, Tone>> = {
  waiting: "busy",
  starting: "busy",
  running: "running",
  stopping: "draining",
  stopped: "dead",
  hung: "doubtful",
  refused: "dead",
  dead: "dead",
};

/** Why it cannot start, as the journal says it. */
export interface Refusal {
  readonly what: What;
  readonly whom: number;
  readonly a?: number;
  readonly b?: number;
}

export interface InstalledOptions {
  startUs(row: number): number;
  /** Whether what it stands in is there for it. */
  placeIsReady(row: number): boolean;
  /** What keeps it from starting now; asked before every start. */
  refusal(row: number): Refusal | null;
  /** Its port on its machine's address. */
  port(row: number): number;
  machine(row: number): number;
  opened(row: number): void;
  /** How long it may take to end in good order, and whether something in it still has to; what it does last. */
  graceUs(row: number): number;
  isBusy(row: number): boolean;
  farewell?(row: number): void;
  hangs(row: number, hangs: boolean): void;
  /** Its process was ended on a machine that is not: connections that it had are closed. */
  cutOff?(row: number): void;
  /** Its process, or what it was in one, is gone. */
  gone(row: number): void;
}

/** What is installed somewhere once, and started there: at the address of its machine, which stays. */
export class Installed {
  readonly life: Hosting;
  private readonly run: Run;
  private readonly options: InstalledOptions;

  constructor(run: Run, options: InstalledOptions) {
    this.run = run;
    this.options = options;
    this.life = run.host(installedLife, {
      column: run.entities,
      delayUs: (row, delay) => (delay === "grace" ? options.graceUs(row) : options.startUs(row)),
      effects: {
        waits: (row) => run.note("waiting", row, run.entities.parent[row]! - 1),
        "start-began": (row) => this.began(row),
        opened: (row) => this.opened(row),
        "began-stopping": (row) => this.beganStopping(row),
        stopped: (row) => this.stopped(row),
        died: (row) => this.died(row),
        "died-with-place": (row) => this.diedWithPlace(row),
        silenced: (row) => this.silenced(row),
        resumed: (row) => this.resumed(row),
        refused: (row) => this.refused(row),
      },
      onChange: (row) => run.stateChanged(row),
    });
  }

  create(row: number, warm: boolean): void {
    this.life.place(row, "waiting");
    this.run.setPresence(row, presence.refuse);
    if (!warm || !this.options.placeIsReady(row) || this.options.refusal(row) !== null) return void this.start(row);
    this.takeAddress(row);
    this.run.entities.firstServed[row] = 1;
    this.life.place(row, "running");
    this.run.setPresence(row, presence.open);
    this.options.opened(row);
  }

  send(row: number, event: "START" | "NO_START" | "WAIT" | "KILL" | "HANG" | "RESUME" | "STOP" | "STOPPED" | "PLACE_DOWN"): boolean {
    return this.life.send(row, this.life.machine.eventOf(event));
  }

  start(row: number): boolean {
    if (!this.options.placeIsReady(row)) return this.send(row, "WAIT");
    return this.send(row, this.options.refusal(row) === null ? "START" : "NO_START");
  }

  /** What it stands in is to be ended in good order, and it before that. */
  placeStops(row: number): boolean {
    this.send(row, "STOP");
    return this.life.is(row, "stopping");
  }

  /** Something that it waited for is over: a request, or what stood in it. */
  settle(row: number): void {
    if (this.life.is(row, "stopping") && !this.options.isBusy(row)) this.send(row, "STOPPED");
  }

  /** Kill, stop, recreate (a restart), hang, resume; null if the act is none of them. */
  act(row: number, act: string): boolean | null {
    switch (act) {
      case "kill":
        if (!this.isAlive(row)) return false;
        this.blame(row);
        return this.send(row, "KILL");
      case "stop":
        return this.send(row, "STOP");
      case "hang":
        return this.send(row, "HANG");
      case "resume":
        return this.life.is(row, "hung") && this.send(row, "RESUME");
      case "recreate":
        if (this.life.is(row, "starting")) return false;
        if (this.isAlive(row)) this.act(row, "kill");
        return this.start(row);
      default:
        return null;
    }
  }

  isAlive(row: number): boolean {
    return ["running", "hung", "starting", "stopping"].some((state) => this.life.is(row, state));
  }

  /** Its process ends by itself. */
  ends(row: number, exitCode: number): boolean {
    if (!this.isAlive(row)) return false;
    this.blame(row);
    this.run.note("exited", row, -1, exitCode, 0);
    return this.send(row, "KILL");
  }

  remove(row: number): void {
    const { run } = this;
    run.note("removed", row);
    this.leave(row);
    run.network.resetInbound(row);
    this.life.delays.stop(row);
  }

  /** Those who watch it, or what stands in it, will notice. */
  private blame(row: number): void {
    const { run } = this;
    run.predictions.tell(row, "refuses");
    for (const child of run.node(row).children) run.predictions.tell(child, "refuses", row);
  }

  private takeAddress(row: number): void {
    const { run, options } = this;
    run.entities.incarnation[row]!++;
    run.addressing.giveAt(row, options.machine(row), options.port(row));
  }

  private began(row: number): void {
    this.takeAddress(row);
    this.run.entities.firstServed[row] = 0;
    this.run.setPresence(row, presence.refuse);
    this.run.note("starting", row);
  }

  private opened(row: number): void {
    this.run.setPresence(row, presence.open);
    this.run.note("up", row);
    this.options.opened(row);
  }

  /** Tomcat's connector is paused, not closed: the kernel still takes connections for it, and it answers none of them. */
  private beganStopping(row: number): void {
    const { run, options } = this;
    run.note("stopping", row);
    run.setPresence(row, presence.hung);
    if (options.isBusy(row)) return;
    const machine = options.machine(row);
    // A machine that shuts down is silent soon after.
    if (run.of(machine).isStopping?.(machine) !== true) run.predictions.tell(row, "withdraws");
    this.send(row, "STOPPED");
  }

  private stopped(row: number): void {
    const { run } = this;
    run.note("stopped", row, -1, 0, run.entities.inFlight[row]!);
    this.options.farewell?.(row);
    this.ended(row);
  }

  private died(row: number): void {
    this.run.note("died", row, -1, 137);
    this.options.cutOff?.(row);
    this.ended(row);
  }

  /** Whoever waits for an answer from it is told; so is its place, which may have waited for its end. */
  private ended(row: number): void {
    const { run } = this;
    run.setPresence(row, presence.refuse);
    run.network.resetInbound(row);
    this.leave(row);
    run.left(row);
  }

  /** What it stood in went: a machine that is down resets nothing, but the kernel under a process that died does. */
  private diedWithPlace(row: number): void {
    const { run } = this;
    run.note("died", row, run.entities.parent[row]! - 1, 0);
    if (run.placeIsUp(row)) this.options.cutOff?.(row);
    run.setPresence(row, presence.refuse);
    if (run.placeIsUp(row)) run.network.resetInbound(row);
    else run.network.forgetInbound(row);
    this.leave(row);
  }

  private leave(row: number): void {
    this.run.setPresence(row, presence.refuse);
    this.options.gone(row);
    this.run.addressing.leave(row);
  }

  private silenced(row: number): void {
    this.run.note("hung", row);
    this.run.setPresence(row, presence.hung);
    this.options.hangs(row, true);
  }

  private resumed(row: number): void {
    this.run.note("resumed", row);
    this.run.setPresence(row, presence.open);
    this.options.hangs(row, false);
  }

  private refused(row: number): void {
    const refusal = this.options.refusal(row);
    if (refusal !== null) this.run.note(refusal.what, row, refusal.whom, refusal.a ?? 0, refusal.b ?? 0);
  }

  status(row: number): { state: string; tone: Tone; acts: string[] } {
    const state = this.life.name(row);
    const byState: Readonly<Record<string, string[]>> = {
      running: ["kill", "recreate", "hang", "stop"],
      stopping: ["kill"],
      stopped: ["recreate"],
      hung: ["kill", "recreate", "resume"],
      starting: ["kill"],
      dead: ["recreate"],
      refused: ["recreate"],
    };
    return { state, tone: tones[state] ?? "idle", acts: byState[state] ?? [] };
  }
}
