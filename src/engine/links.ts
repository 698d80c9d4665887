import { makeTable } from "./kernel/table.ts";

/** One row a link that has ever been in the run's document: what of it an event may change. */
export function makeLinks() {
  return makeTable({
    inDocument: "u8",
    from: "i32",
    to: "i32",
    state: "i32",
    /** Which ways are cut, as bits (see `wireCut`); 0: none. */
    cut: "u8",
    /** While it flaps: how long it is cut and whole together. */
    flapUs: "f64",
    /** Whether somebody has taken its target out of the rotation (see `admin`). */
    admin: "u8",
    /** The row that says that it was cut (+ 1). */
    lastLife: "i32",
    /** The fixed address that the caller holds (row + 1). */
    address: "i32",
    /** The last DNS answer (address + 1) and until when it may be used. */
    dnsAddress: "i32",
    dnsUntilUs: "f64",
    /** The incarnation for which "this address is stale" has been told. */
    staleTold: "i32",
    /** A registration's newest lease (row + 1). */
    lease: "i32",
    /** The set of targets that a lookup fills (row + 1). */
    upstream: "i32",
    generation: "i32",
    /** The member of its registry that its start speaks to (row + 1); 0: the one that it leads to. */
    member: "i32",
    /** Registrations with several members: how often something was said, and whether that is not answered yet. */
    said: "i32",
    isUnanswered: "u8",
    isRefused: "u8",
    /** Registrations: the incarnation whose heartbeats are under way; 0: none. */
    beating: "i32",
    /** Lookups: whether the registry has it among its watchers, and news for it; whether the last question was answered. */
    watching: "u8",
    news: "u8",
    answered: "u8",
    /** A question is under way; its consumer has lost the registry, and it was said; when the last answer came. */
    asked: "u8",
    parted: "u8",
    learntUs: "f64",
  });
}
/** The directions of a wire, seen from where its link starts. */
export const wireCut = { there: 1, back: 2 } as const;
export type Links = ReturnType<typeof makeLinks>;
