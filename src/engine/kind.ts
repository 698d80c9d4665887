import type { KindDeclaration } from "../document/kind-declaration.ts";
import type { Found, Lookup } from "./discovery.ts";
import type { SettingValues } from "../document/topology.ts";
import type { Resource } from "./environments.ts";
import type { Image } from "./images/image.ts";
import type { Ending } from "./network.ts";
import type { Window } from "./policies/detection.ts";
import type { Run } from "./run.ts";
import type { ChartDescription, Fact, PartStatus, ProcessStatus, Tone } from "./status.ts";
import type { LinkConfig, NodeConfig } from "./world.ts";

/** What a kind tells of one of its things; the run adds what all have in common. */
export interface OwnStatus {
  readonly state: string;
  readonly tone: Tone;
  readonly acts: readonly string[];
  readonly facts: readonly Fact[];
  readonly parts: readonly PartStatus[];
}

/**
 * What a kind does in a run. All rows of an edit are created before any is wired, and all are wired before any is
 * settled, so that a thing may count on what it is linked to.
 */
export interface Behaviour {
  /** A thing is there. `warm`: as if it had been there for long. */
  create(row: number, warm: boolean): void;
  /** Its links have become known, or have changed. */
  wire?(row: number, warm: boolean): void;
  /** Everything is wired. */
  settle?(row: number, warm: boolean): void;
  /** Its settings have changed. */
  configure(row: number, before: NodeConfig): void;
  /** The run has gone back to another document: what is derived from settings is derived anew, and nothing else. */
  relearn?(row: number): void;
  /** It is taken out of the document. */
  remove(row: number): void;
  /** A person or a schedule does something to it; false: that makes no sense now. */
  act(row: number, act: string, amount: number): boolean;
  /** What it stands in has come up, or gone down. */
  placeUp?(row: number): void;
  placeDown?(row: number): void;
  /** What it stands in is to be ended in good order, and it before that; true: it has begun to end and needs a while. */
  placeStops?(row: number): boolean;
  /** Places: something in it has ended, and it may have waited for that. */
  leftBy?(row: number): void;
  /** Places: whether it is being ended in good order. */
  isStopping?(row: number): boolean;
  /** A link by fixed address has got the address of its target. */
  addressed?(row: number, link: LinkConfig): void;
  /** A call has arrived at it. */
  accept?(row: number, call: number): void;
  /** Whoever waited for a task of it (−1: one that has ended meanwhile) has closed the connection; without this, it is never told. */
  callerLeft?(task: number): void;
  /** A call that it made has ended; without this, the call belongs to a plan. */
  ended?(row: number, call: number, how: Ending): void;
  /** A task of it has come to the end of its plan, or to a call without which it cannot go on, which ended like this. */
  finished?(task: number, status: number, how: Ending): void;
  /** A task's deadline has passed. */
  deadline?(task: number): void;
  /** It has no more work in hand. */
  idle?(row: number): void;
  /** Whether it would answer a health check that asks the process itself. */
  healthy?(row: number): boolean;
  /** The image that it waits for is there, or cannot be had. */
  imageSettled?(row: number, image: string, there: boolean): void;
  /** Image registries: nobody waits any more for what a pull has asked for. */
  pullBroken?(row: number, pull: number): void;
  /** A push of its image has ended. */
  pushSettled?(row: number, well: boolean): void;
  /** Builders: the image as if it had been built long ago; null if it cannot be built. */
  prebuild?(row: number): Image | null;
  /** Whether it has a space of its own of a resource, so that nobody outside feels what is done in it (`environments.ts`). */
  hasOwn?(row: number, resource: Resource): boolean;
  /** What it has written on the disk of the machine that it stands in; whether it may write no more there, by a limit of its own. */
  writtenKb?(row: number): number;
  isDiskFull?(row: number): boolean;
  /** The process that it is, as the kernel under it lists it; null while there is none. */
  listedAs?(row: number): ProcessStatus | null;
  /** Whether it uses more memory than it has, and what becomes of it then. */
  isOverMemory?(row: number): boolean;
  grew?(row: number): void;
  /** The kernel under it has no memory left, and chose it. */
  killedForMemory?(row: number): boolean;
  /** What it stands in, a process, hangs or goes on. */
  placeHangs?(row: number, hangs: boolean): void;
  /** Watchers of `node`: when they will notice what has befallen it, after it. null: they do not watch it, or cannot say. */
  predict?(row: number, node: number, fault: Fault, wire: number): Window | null;
  /** Registries: takes on an instance as if it had long been registered; tells who is there now, and how one asks. */
  adopt?(row: number, link: LinkConfig, address: number): void;
  lookUp?(row: number, link: LinkConfig): readonly Found[];
  lookup?(row: number, link: LinkConfig): Lookup;
  renewal?(row: number, link: LinkConfig): Renewal;
  /** Registries: the longest times, one after the other, from a crash of an instance until no answer names it; null: for ever. */
  forgetsWithinUs?(row: number): readonly number[] | null;
  /** Registries: all that are members of one with it, itself included, in the order of the document. */
  fellows?(row: number): readonly number[];
  /** Instances: the registry goes by other rules now, and knows nobody. */
  registerAnew?(row: number): void;
  /** Who answers at its address there where `from` is, parted from whoever holds it; −1: nobody. */
  standIn?(row: number, from: number): number;
  /** Balancers: does something to its targets as if it had long had them. */
  warmly?(fill: () => void): void;
  status(row: number): OwnStatus;
  chart(row: number): ChartDescription | null;
  /** Machines that run beside the one of its life. */
  furtherCharts?(row: number): readonly ChartDescription[];
  /** Settings that its record leaves open and that what it is made of says. */
  given?(row: number): SettingValues;
  /** The image that it is made of: its layers stay on the machine's disk for as long as it is there. */
  madeOf?(row: number): Image | null;
}

/** What a registry expects of those who register with it. */
export interface Renewal {
  /** How often it wants to hear of them where their own setting doesn't say; null: as they are set. */
  readonly everyUs: number | null;
  /** Their machine's closing the connection means that they are gone. */
  readonly hearsClosing: boolean;
}

/**
 * How a fault shows to others: refused at once, silent, silent with whatever was on its way lost too, taken but not
 * answered, told in good order, taken and reset at once, answered with an error (each request and check, or some of the requests), or
 * answered late.
 */
export type Fault = "refuses" | "silent" | "cut-off" | "hangs" | "withdraws" | "resets" | "fails" | "errs" | "slows";

/** It shows to those alone who look at how requests and checks are answered: the process is there, and speaks. */
export const isOfAnswers = (fault: Fault): boolean => fault === "resets" || fault === "fails" || fault === "errs" || fault === "slows";

export interface Kind extends KindDeclaration {
  behaviour(run: Run): Behaviour;
}

export type Kinds = ReadonlyMap<string, Kind>;

export function defineKind(declaration: KindDeclaration, behaviour: (run: Run) => Behaviour): Kind {
  return { ...declaration, behaviour };
}
