import type { NodeId, Topology } from "../../document/topology.ts";
import type { Answer, Ask, Counters, Frame, FromSession, IndexMessage, NodeStatus, TimeState, ToSession } from "../../runtime/protocol.ts";
import { hear, noCounters, run, topics } from "./run-state.ts";
import { useUi } from "./ui-store.ts";

export * from "./run-hooks.ts";
export type { LinkRate, Route } from "./run-state.ts";

/** The part of the runtime's session port that the view needs. */
export interface Session {
  send(message: ToSession): void;
  listen(listener: (message: FromSession) => void): () => void;
  paintThrough?(port: object): void;
}

let session: Session | null = null;
let lastAsk = 0;
const waiting = new Map<number, (value: unknown) => void>();

/** Joins the view to a session; `takeDocument` is called when the run went back to another document. */
export function joinSession(port: Session, takeDocument: (document: Topology) => void): () => void {
  session = port;
  return port.listen((message) => {
    if (message.type === "answer") answer(message);
    else if (message.type === "document") takeDocument(message.document);
    else hear(message);
  });
}

/** The speed that was asked for last, until the session has heard it: keys pressed quickly build on each other. */
let wantedSpeed: number | null = null;
topics.frame.subscribe(({ time }) => {
  if (time.speedAsked === wantedSpeed) wantedSpeed = null;
});
export const askedSpeed = (): number => wantedSpeed ?? run.time.speedAsked;

export function send(message: ToSession): void {
  if (message.type === "speed") wantedSpeed = message.speed;
  session?.send(message);
}

/** Sends what travels on the canvas straight to a painter in a worker of its own. False where the session has no such way. */
export function paintThrough(port: MessagePort): boolean {
  session?.paintThrough?.(port);
  return session?.paintThrough !== undefined;
}

/** Does something to the run: kill, hang, recreate … `target` is a node's or a link's id. */
export function act(name: string, target: string, amount?: number): void {
  send({ type: "act", act: amount === undefined ? { act: name, target } : { act: name, target, amount } });
}

/** Asks the session; `Value` is what the protocol's `Answer` says for this ask. */
export function ask<Value>(question: Ask): Promise<Value> {
  const id = ++lastAsk;
  return new Promise((resolve) => {
    waiting.set(id, resolve as (value: unknown) => void);
    send({ type: "ask", id, ask: question });
  });
}

function answer({ id, value }: Answer): void {
  waiting.get(id)?.(value);
  waiting.delete(id);
}

/** Opens the journey of one request; `at` is where it was clicked, in window pixels. */
export function openJourney(client: NodeId, number: number, at: { x: number; y: number } | null = null): void {
  useUi.setState({ journey: { client, number, at } });
}

/** For those who draw outside React. Each returns how to stop listening. */
export const runEvents = {
  onFrame: (listener: (frame: Frame) => void) => topics.frame.subscribe(listener),
  /** The others at most ten times a second. */
  onTime: (listener: () => void) => topics.time.subscribe(listener),
  onStatus: (id: NodeId, listener: () => void) => topics.status.subscribe(id, listener),
  onCounters: (id: NodeId | null, listener: () => void) =>
    id === null ? topics.counters.subscribe(listener) : topics.nodeCounters.subscribe(id, listener),
  onQuiet: (listener: (quiet: Extract<FromSession, { type: "quiet" }>) => void) => topics.quiet.subscribe(listener),
  onIndex: (listener: (index: IndexMessage) => void) => topics.index.subscribe(listener),
};

export const currentTime = (): TimeState => run.time;
export const currentIndex = (): IndexMessage => run.index;
/** The whole's counters, or one node's. */
export const currentCounters = (id: NodeId | null): Counters => (id === null ? run.counters : (run.nodeCounters.get(id) ?? noCounters));
/** How many requests a client has issued: they are numbered from 1. */
export const issuedBy = (client: NodeId): number => currentCounters(client).issued;
export const currentStatus = (id: NodeId): NodeStatus | null => run.statuses.get(id) ?? null;
