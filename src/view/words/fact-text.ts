import type { Fact } from "../../runtime/protocol.ts";
import { currentDocument } from "../state/document-store.ts";
import { clockText, countText, durationText, rateText } from "./format.ts";

/** Facts that are points in time, and not lengths of it. */
const instants: ReadonlySet<string> = new Set(["last-good-check", "renewed", "since"]);

/**
 * A fact's value as it is read: a number in its unit, a node by its name, a word of the glossary.
 * @param wordOf the glossary of facts in the language wanted
 */
export function factText(fact: Fact, wordOf: (key: string) => string | undefined): string {
  const { value, unit } = fact;
  if (value === null) return "–";
  if (typeof value === "string") return unit === "node" ? nameOf(value) : unit === "word" ? (wordOf(value) ?? value) : value;
  if (instants.has(fact.key)) return clockText(value);
  switch (unit) {
    case "us":
      return durationText(value);
    case "window":
      return `${durationText(value)} – ${durationText(fact.upper ?? value)}`;
    case "1/s":
      return rateText(value);
    case "MB":
      return fact.upper === undefined ? `${countText(value)} MB` : `${countText(value)} / ${countText(fact.upper)} MB`;
    case "%":
      return `${Math.round(value)} %`;
    case "count":
      return fact.upper === undefined ? countText(value) : `${countText(value)} / ${countText(fact.upper)}`;
    default:
      return Number.isInteger(value) ? countText(value) : String(value);
  }
}

const nameOf = (id: string): string => currentDocument().nodes[id]?.name ?? id;
