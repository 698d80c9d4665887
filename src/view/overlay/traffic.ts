import { hopKinds, type HopKind } from "../../runtime/protocol.ts";
import type { LayerName } from "./messages.ts";

const layerOfKind: Readonly<Record<HopKind, LayerName>> = {
  request: "requests",
  answer: "requests",
  error: "requests",
  refusal: "requests",
  probe: "probes",
  "probe-answer": "probes",
  register: "discovery",
  lookup: "discovery",
  tell: "discovery",
  pull: "images",
  layer: "images",
  "member-heartbeat": "discovery",
  vote: "discovery",
  replicate: "discovery",
};

/** The layer of each hop kind, by its number on the wire. */
export const layerOf: readonly LayerName[] = hopKinds.map((kind) => layerOfKind[kind]);

const numberOf = (kind: HopKind): number => hopKinds.indexOf(kind);
export const kindNumber = {
  request: numberOf("request"),
  answer: numberOf("answer"),
  error: numberOf("error"),
  refusal: numberOf("refusal"),
  register: numberOf("register"),
};

export const isFailure = (kind: number): boolean => kind === kindNumber.error || kind === kindNumber.refusal;
/** Errors and refusals answer too. */
export const isAnswer = (kind: number): boolean => kind === kindNumber.answer || isFailure(kind);

/** One number for a request: the client's index and its number there. Exact below 2 million clients. */
export const requestKey = (client: number, number: number): number => client * 2 ** 32 + number;
