import type { RequestKey } from "../../engine/policies/balancing-policy.ts";
import { exactly, type Outcome } from "../outcome.ts";
import { has, NotUnderstood, textOf, textsOf, type RecordedCase } from "../recorded-case.ts";
import { told } from "./sequence.ts";
import { bytesOf, serversOf } from "./servers.ts";
import { tokensOf } from "./tokens.ts";

/** Picks by a hash: of each of a range of keys, or of clients' addresses. */
export function playKeys(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "pick" || !has(recorded, "picks") || !(has(recorded, "keys") || has(recorded, "sources"))) return null;
  const set = serversOf(recorded);
  const wanted = tokensOf(textOf(recorded, "picks")).map(({ row }) => row);
  const rows = keysOf(recorded).map((key) => set.pick(-1, key));
  return exactly(told(wanted), told(rows));
}

function keysOf(recorded: RecordedCase): RequestKey[] {
  if (has(recorded, "sources")) return textsOf(recorded, "sources").map((source) => ({ text: bytesOf(source), source: addressOf(source) }));
  const { keys } = recorded.fields;
  const texts = Array.isArray(keys) ? textsOf(recorded, "keys") : rangeOf(textOf(recorded, "keys"));
  return texts.map((text) => ({ text: bytesOf(text), source: 0 }));
}

/** "/key0../key199" */
function rangeOf(text: string): string[] {
  const found = /^(.*?)(\d+)\.\.(.*?)(\d+)$/u.exec(text);
  if (found === null || found[1] !== found[3]) throw new NotUnderstood(`"${text}" is no range of keys`);
  const [first, last] = [Number(found[2]), Number(found[4])];
  return Array.from({ length: last - first + 1 }, (_, index) => `${found[1]}${first + index}`);
}

function addressOf(text: string): number {
  const octets = text.split(".").map(Number);
  if (octets.length !== 4 || octets.some((octet) => !(octet >= 0 && octet <= 255))) throw new NotUnderstood(`"${text}" is no IPv4 address`);
  return octets.reduce((address, octet) => address * 256 + octet, 0);
}
