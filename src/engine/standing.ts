import { presence } from "./entities.ts";
import type { Hosting } from "./hosting.ts";
import { hangingNodeLife, nodeLife } from "./machines/node-life.ts";
import type { Run } from "./run.ts";
import type { Tone } from "./status.ts";

const tones: Readonly<Record<string, Tone>> = { starting: "busy", running: "running", hung: "doubtful", dead: "dead", unpowered: "dead" };

/** A process that is started anew listens again after this long (HAProxy, nginx, Consul: well under a second). */
export const restartUs = 500_000;

export interface StandingOptions {
  /** Whether it can hang; the rest are there or not. */
  readonly hangs?: boolean;
  /** It listens. `warm`: as if it always had. */
  opened(row: number, warm: boolean): void;
  /** It is gone: whatever it had in hand is to be dropped. */
  gone(row: number): void;
}

/** What everything does that stands by itself at an address of its own: a balancer, a registry, a dependency. */
export class Standing {
  readonly life: Hosting;
  private readonly run: Run;
  private readonly options: StandingOptions;

  constructor(run: Run, options: StandingOptions) {
    this.run = run;
    this.options = options;
    this.life = run.host(options.hangs === true ? hangingNodeLife : nodeLife, {
      column: run.entities,
      delayUs: () => restartUs,
      effects: {
        "start-began": (row) => this.began(row),
        opened: (row) => this.opened(row),
        died: (row) => this.died(row),
        "died-with-place": (row) => this.diedWithPlace(row),
        silenced: (row) => this.silenced(row),
        resumed: (row) => this.resumed(row),
      },
      onChange: (row) => run.stateChanged(row),
    });
  }

  create(row: number, warm: boolean): void {
    const { run, life } = this;
    run.addressing.give(row, 0);
    run.setPresence(row, presence.refuse);
    if (!run.placeIsUp(row)) return life.place(row, "unpowered");
    life.place(row, warm ? "running" : "dead");
    if (!warm) return void life.send(row, life.machine.eventOf("RECREATE"));
    run.entities.incarnation[row]!++;
    run.addresses.incarnation[run.entities.address[row]! - 1] = run.entities.incarnation[row]!;
    run.entities.firstServed[row] = 1;
    run.setPresence(row, presence.open);
  }

  /** Whether it listens (and so may be wired up as it is). */
  isOpen(row: number): boolean {
    return this.run.entities.effective[row] === presence.open;
  }

  send(row: number, event: "KILL" | "HANG" | "RESUME" | "RECREATE" | "PLACE_DOWN" | "PLACE_UP"): boolean {
    return this.life.send(row, this.life.machine.eventOf(event));
  }

  remove(row: number): void {
    this.run.note("removed", row);
    this.options.gone(row);
    this.run.setPresence(row, presence.refuse);
    this.run.network.resetInbound(row);
    this.run.addressing.leave(row);
    this.life.delays.stop(row);
  }

  /** Kill, hang, resume, recreate; null if the act is none of them. */
  act(row: number, act: string): boolean | null {
    const { run } = this;
    switch (act) {
      case "kill":
        if (this.life.is(row, "dead") || this.life.is(row, "unpowered")) return false;
        run.predictions.tell(row, "refuses");
        return this.send(row, "KILL");
      case "hang":
        if (!this.life.is(row, "running")) return false;
        run.predictions.tell(row, "hangs");
        return this.send(row, "HANG");
      case "resume":
        return this.send(row, "RESUME");
      case "recreate":
        return this.send(row, "RECREATE");
      default:
        return null;
    }
  }

  private began(row: number): void {
    const { run } = this;
    run.entities.incarnation[row]!++;
    run.entities.firstServed[row] = 0;
    // It keeps its address, unlike what runs in a container.
    run.addresses.incarnation[run.entities.address[row]! - 1] = run.entities.incarnation[row]!;
    run.setPresence(row, presence.refuse);
    run.note("starting", row);
  }

  private opened(row: number): void {
    this.run.setPresence(row, presence.open);
    this.run.note("up", row);
    this.options.opened(row, false);
  }

  private died(row: number): void {
    const { run } = this;
    run.note("died", row, -1, 137);
    run.setPresence(row, presence.refuse);
    run.network.resetInbound(row);
    this.options.gone(row);
  }

  private diedWithPlace(row: number): void {
    const { run } = this;
    run.note("died", row, run.entities.parent[row]! - 1, 0);
    run.setPresence(row, presence.refuse);
    run.network.forgetInbound(row);
    this.options.gone(row);
  }

  private silenced(row: number): void {
    this.run.note("hung", row);
    this.run.serving.hang(row);
    this.run.setPresence(row, presence.hung);
  }

  private resumed(row: number): void {
    this.run.note("resumed", row);
    this.run.setPresence(row, presence.open);
    this.run.serving.resume(row);
  }

  status(row: number): { state: string; tone: Tone; acts: string[] } {
    const state = this.life.name(row);
    const alive = state === "running" || state === "hung";
    return { state, tone: tones[state] ?? "idle", acts: alive ? ["kill", "recreate"] : state === "dead" ? ["recreate"] : [] };
  }
}
