import type { RequestKey } from "../../engine/policies/balancing-policy.ts";
import { exactly, type Outcome } from "../outcome.ts";
import { has, NotUnderstood, textOf, textsOf, type RecordedCase } from "../recorded-case.ts";
import { policiesOf } from "./algorithm.ts";
import { told } from "./sequence.ts";
import { bytesOf, serversOf } from "./servers.ts";
import { tokensOf } from "./tokens.ts";
import { uriPart } from "./uri-part.ts";

/** Picks by a hash: of each of a range of keys, or of clients' addresses. */
export function playKeys(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "pick" || !has(recorded, "picks") || !(has(recorded, "keys") || has(recorded, "sources"))) return null;
  const wanted = tokensOf(textOf(recorded, "picks")).map(({ row }) => row);
  const keys = keysOf(recorded);
  const outcomes = policiesOf(recorded).map((policy) => {
    const set = serversOf(recorded, policy);
    return exactly(told(wanted), told(keys.map((key) => set.pick(-1, key))));
  });
  return outcomes.find(({ matches }) => matches) ?? outcomes[0]!;
}

function keysOf(recorded: RecordedCase): RequestKey[] {
  if (has(recorded, "sources")) return textsOf(recorded, "sources").map((source) => ({ text: bytesOf(source), source: addressOf(source) }));
  const { keys } = recorded.fields;
  const texts = Array.isArray(keys) ? textsOf(recorded, "keys") : rangeOf(textOf(recorded, "keys"));
  const part = /^(?:balance )?uri\b(?<words>.*)/u.exec(textOf(recorded, "alg"))?.groups?.["words"];
  return texts.map((text) => ({ text: bytesOf(part === undefined ? text : uriPart(text, part)), source: 0 }));
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
