import { makeTable } from "./kernel/table.ts";

/** How a thing answers what reaches it. */
export const presence = {
  /** Nobody listens: connections are refused, at once. */
  refuse: 0,
  open: 1,
  /** Nothing answers: no power, or no way there. */
  silent: 2,
  /** Connections are taken (the kernel does that), and nothing is done with them. */
  hung: 3,
} as const;

/** One row a node that has ever been in the run's document. Links to other rows are stored as row + 1. */
export function makeEntities() {
  return makeTable({
    kind: "u8",
    inDocument: "u8",
    parent: "i32",
    incarnation: "i32",
    /** Number of the state of its life's machine. */
    state: "i32",
    sinceUs: "f64",
    presence: "u8",
    /** `presence`, or silent where something around it is not up. */
    effective: "u8",
    /** Whether what it holds can run: a machine that is up. */
    up: "u8",
    /** The innermost zone that is cut off from the rest (row + 1). */
    island: "i32",
    address: "i32",
    lostAddress: "i32",
    lastLife: "i32",
    /** Heads of lists: calls that it has taken and not answered, tasks that it works on. */
    inbound: "i32",
    tasks: "i32",
    queueHead: "i32",
    queueTail: "i32",
    queueCount: "i32",
    busy: "i32",
    /** Work goes this much slower; 0: as set. */
    slowness: "f64",
    /** How it treats those who ask it (see `conduct`), and how many of a hundred requests that befalls (or the status for all). */
    conduct: "u8",
    conductPercent: "f64",
    generation: "i32",
    /** Number of the next request (clients), of the next address (machines). */
    serial: "i32",
    range: "i32",
    /** Memory that is set aside in it, and that it has set aside in the machine around it. */
    reservedMb: "f64",
    ownMb: "f64",
    sending: "u8",
    received: "i32",
    served: "i32",
    failed: "i32",
    timedOut: "i32",
    inFlight: "i32",
    lost: "i32",
    redirected: "i32",
    /** What it has served in the second of this number, and in the one before. */
    second: "i32",
    rateNow: "i32",
    rateBefore: "i32",
    histogram: "i32",
    changed: "u8",
    firstServed: "u8",
    saturated: "u8",
  });
}
export type Entities = ReturnType<typeof makeEntities>;

/** One row an address; an address belongs to one thing for ever, so none is handed out twice. */
export function makeAddresses() {
  return makeTable({
    owner: "i32",
    incarnation: "i32",
    /** Who answers there now (row + 1), if anybody. */
    holder: "i32",
    /** The last that was heard of the incarnation that had it and has left it (row + 1 of the journal). */
    lastLife: "i32",
    /** The machine in whose range it is (row + 1); 0: on the network itself. */
    machine: "i32",
    range: "i32",
    serial: "i32",
    port: "i32",
  });
}
export type Addresses = ReturnType<typeof makeAddresses>;

/** "10.1.0.3:8080"; past the 255th machine, an IPv6 address of a private range. */
export function formatAddress(range: number, serial: number, port: number): string {
  const ending = port === 0 ? "" : `:${port}`;
  if (range < 256) return `10.${range}.${serial >> 8}.${serial & 255}${ending}`;
  const host = `fd00::${range.toString(16)}:${serial.toString(16)}`;
  return port === 0 ? host : `[${host}]${ending}`;
}
