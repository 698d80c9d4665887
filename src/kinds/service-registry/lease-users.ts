import type { Said } from "./members/answers.ts";
import type { EntryWrite } from "./members/writes.ts";

/** Those who wish to know what becomes of entries. */
/** What it means that somebody is found down. */
export type Down = "critical" | "subjectively-down" | "replica-down";

export interface LeaseUsers {
  /** A new entry is in the catalogue. */
  entered(row: number, warm: boolean): void;
  /** An entry is out of the catalogue. */
  left(row: number): void;
  renewed(row: number): void;
  /** What a registry would answer has changed. */
  changed(registry: number, service: number): void;
  /** Of whom is found down this says what that is: not yet, where others are to agree first. */
  downIs(row: number): Down;
  /** An instance has said something to a registry over the wire; true: several members see to it. */
  isTaken(registry: number, what: Said, link: number, address: number): boolean;
  /** It has come where nobody listens. */
  unheard(registry: number, link: number): void;
  /** Something is to befall an entry; true: only once a majority of the members has it. */
  isProposed(row: number, what: EntryWrite): boolean;
  /** Whether it keeps the time of its entries: it stands alone, or leads, or is one of peers. */
  keepsTime(registry: number): boolean;
}
