import { uniform } from "../../base/random.ts";
import { presence } from "../../engine/entities.ts";
import { hop } from "../../engine/feed.ts";
import type { Hosting } from "../../engine/hosting.ts";
import { priority } from "../../engine/kernel/kernel.ts";
import { beginLookups, endLookups, wireLookups } from "../../engine/lookups.ts";
import { processLife } from "../../engine/machines/process-life.ts";
import { code } from "../../engine/protocol.ts";
import type { Image } from "../../engine/pulls.ts";
import type { Run } from "../../engine/run.ts";
import type { LinkConfig } from "../../engine/world.ts";
import type { settings } from "./declaration.ts";

type ContainerSettings = (typeof settings)["defaults"];
type ProcessEvent = "CREATE_WAITING" | "CREATE_PULL" | "CREATE" | "NO_ROOM" | "PULLED" | "PULL_FAILED" | "HANG" | "RESUME" | "STOP" | "STOPPED" | "KILL" | "MACHINE_DOWN";

/** An image that cannot be had is asked for again after this long (Kubernetes' ImagePullBackOff begins with 10 s). */
const backOffUs = 10_000_000;

function settingsOf(run: Run, row: number): ContainerSettings {
  return run.node(row).settings as unknown as ContainerSettings;
}

export function imageOf(run: Run, row: number): Image {
  const { image, imageMb, layers } = settingsOf(run, row);
  return { name: image, layers, megabytes: imageMb };
}

export interface ContainerLife {
  readonly hosting: Hosting;
  create(row: number, warm: boolean): void;
  /** A new incarnation: it waits for its machine, pulls its image, or starts. */
  spawn(row: number): void;
  send(row: number, event: ProcessEvent): boolean;
  isAlive(row: number): boolean;
  placeUp(row: number): void;
  imageSettled(row: number, image: string, there: boolean): void;
  /** Its leases are there from the beginning; its heartbeats fall anywhere in their interval. */
  registerWarm(row: number): void;
  /** Registers over links that have come to it. */
  registerNew(row: number): void;
  remove(row: number): void;
}

export function makeLife(run: Run): ContainerLife {
  const { entities, kernel, serving, network, pulls, links, feed } = run;
  const machineOf = (row: number) => entities.parent[row]! - 1;
  const registrations = (row: number) => run.world.nodes[row]?.links.filter((link) => link.role === "register") ?? [];

  const delays: Readonly<Record<string, (row: number) => number>> = {
    start: (row) => Math.round(settingsOf(run, row).startMs * 1000),
    grace: (row) => Math.round(settingsOf(run, row).stopGraceMs * 1000),
    backoff: () => backOffUs,
  };

  const hosting = run.host(processLife, {
    column: entities,
    delayUs: (row, delay) => delays[delay]!(row),
    effects: {
      waits: (row) => run.note("waiting", row, machineOf(row)),
      pull: (row) => pulls.ask(machineOf(row), row, imageOf(run, row)),
      "pull-gave-up": (row) => run.note("pull-failed", row),
      refused: (row) => refused(row),
      "start-began": (row) => startBegan(row),
      opened: (row) => opened(row),
      silenced: (row) => silenced(row),
      resumed: (row) => resumed(row),
      "began-stopping": (row) => beganStopping(row),
      exited: (row) => exited(row),
      died: (row) => died(row),
      "died-with-machine": (row) => diedWithMachine(row),
    },
    onChange: (row) => run.stateChanged(row),
  });
  const numbers = Object.fromEntries(hosting.machine.events.map((event, index) => [event, index]));
  const send = (row: number, event: ProcessEvent) => hosting.send(row, numbers[event]!);

  const refused = (row: number) => {
    const machine = machineOf(row);
    run.note("start-refused", row, machine, settingsOf(run, row).memoryMb, run.capacityMb(machine) - entities.reservedMb[machine]!);
  };

  const startBegan = (row: number) => {
    run.newAddress(row, settingsOf(run, row).port);
    run.setPresence(row, presence.refuse);
    run.note("starting", row);
  };

  const opened = (row: number) => {
    run.setPresence(row, presence.open);
    run.note("up", row);
    const cause = kernel.cause;
    for (const link of registrations(row)) {
      kernel.cause = cause;
      beat(row, link);
    }
    beginLookups(run, row);
    kernel.cause = cause;
  };

  const silenced = (row: number) => {
    run.note("hung", row);
    serving.hang(row);
    run.setPresence(row, presence.hung);
  };

  const resumed = (row: number) => {
    run.note("resumed", row);
    run.setPresence(row, presence.open);
    wireLookups(run, row, false);
    serving.resume(row);
  };

  const beganStopping = (row: number) => {
    run.note("stopping", row);
    run.setPresence(row, presence.refuse);
    for (const link of registrations(row)) sendTo(row, link, code.withdraw);
    if (entities.inFlight[row] === 0) send(row, "STOPPED");
  };

  const exited = (row: number) => {
    run.note("stopped", row);
    gone(row);
  };

  const died = (row: number) => {
    run.note("died", row, -1, 137);
    run.setPresence(row, presence.refuse);
    network.resetInbound(row);
    gone(row);
  };

  const diedWithMachine = (row: number) => {
    run.note("died", row, machineOf(row));
    run.setPresence(row, presence.refuse);
    network.forgetInbound(row);
    gone(row);
  };

  /** Its work, its address and its memory go with it. */
  const gone = (row: number) => {
    endLookups(run, row);
    serving.collapse(row);
    run.setPresence(row, presence.refuse);
    run.leaveAddress(row);
    run.release(row, entities.ownMb[row]!);
    entities.ownMb[row] = 0;
  };

  const takeMemory = (row: number) => {
    if (entities.ownMb[row]! > 0) return true;
    const wanted = settingsOf(run, row).memoryMb;
    if (!run.reserve(row, wanted)) return false;
    entities.ownMb[row] = wanted;
    return true;
  };

  /** What the machine, its memory and its images say to a container that wants to be. */
  const creation = (row: number): ProcessEvent => {
    const machine = machineOf(row);
    if (entities.up[machine] === 0 || !run.placeIsUp(row)) return "CREATE_WAITING";
    if (!takeMemory(row)) return "NO_ROOM";
    return pulls.has(machine, imageOf(run, row)) ? "CREATE" : "CREATE_PULL";
  };

  const begin = (row: number, isTold: boolean) => {
    entities.incarnation[row]!++;
    entities.firstServed[row] = 0;
    if (!isTold) run.note("created", row);
    send(row, creation(row));
  };

  const beat = (row: number, link: LinkConfig) => {
    sendTo(row, link, code.renew);
    beatLater(row, link, Math.round(settingsOf(run, row).heartbeatMs * 1000));
  };

  const beatLater = (row: number, link: LinkConfig, waitUs: number) => {
    links.beating[link.row] = entities.incarnation[row]!;
    kernel.push(kernel.nowUs + waitUs, priority.timer, code.heartbeat, row, link.row, ++links.generation[link.row]!);
  };

  const sendTo = (row: number, link: LinkConfig, message: number) => {
    kernel.push(kernel.nowUs + link.latencyUs, priority.arrival, message, link.to, link.row, entities.address[row]! - 1);
    if (feed.on) feed.hop(kernel.nowUs, kernel.nowUs + link.latencyUs, row, link.to, link.row, hop.register, -1, -1);
  };

  run.receive(code.heartbeat, (row, linkRow, generation) => {
    const link = run.world.links[linkRow];
    if (link === undefined || links.generation[linkRow] !== generation || !life.isAlive(row)) return;
    kernel.cause = entities.lastLife[row]! - 1;
    // What hangs sends no heartbeat; once it is awake it goes on with them.
    if (entities.effective[row] === presence.open) return beat(row, link);
    if (entities.presence[row] === presence.hung) beatLater(row, link, Math.round(settingsOf(run, row).heartbeatMs * 1000));
  });

  const life: ContainerLife = {
    hosting,
    spawn: (row) => begin(row, false),
    send,
    isAlive: (row) => hosting.is(row, "running") || hosting.is(row, "hung") || hosting.is(row, "stopping") || hosting.is(row, "hung-stopping"),
    create(row, warm) {
      hosting.place(row, "absent");
      if (!warm || creation(row) === "CREATE_WAITING" || entities.ownMb[row] === 0) return begin(row, !warm);
      entities.incarnation[row]!++;
      pulls.grant(machineOf(row), imageOf(run, row));
      entities.firstServed[row] = 1;
      hosting.place(row, "running");
      run.newAddress(row, settingsOf(run, row).port);
      run.setPresence(row, presence.open);
    },
    placeUp(row) {
      if (hosting.is(row, "waiting")) send(row, creation(row));
    },
    imageSettled(row, image, there) {
      if (hosting.is(row, "pulling") && imageOf(run, row).name === image) {
        if (there) run.note("pulled", row);
        send(row, there ? "PULLED" : "PULL_FAILED");
      }
    },
    registerWarm(row) {
      if (entities.effective[row] !== presence.open) return;
      for (const link of registrations(row)) {
        run.of(link.to).adopt?.(link.to, link, entities.address[row]! - 1);
        const heartbeatUs = settingsOf(run, row).heartbeatMs * 1000;
        beatLater(row, link, Math.floor(uniform(run.luckOf(row, "heartbeat"), 0) * heartbeatUs));
      }
    },
    registerNew(row) {
      if (entities.effective[row] !== presence.open) return;
      for (const link of registrations(row)) if (links.beating[link.row] !== entities.incarnation[row]) beat(row, link);
    },
    remove(row) {
      run.note("removed", row);
      network.resetInbound(row);
      gone(row);
      hosting.place(row, "absent");
    },
  };
  return life;
}
