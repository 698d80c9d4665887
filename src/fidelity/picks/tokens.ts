import { NotUnderstood } from "../recorded-case.ts";
import { rowOf } from "./servers.ts";

/** A pick of a server (from row 0), or what was done to one between two picks. */
export type Token = { readonly row: number } | { readonly row: number; readonly usable: boolean };

/** "b1 b2 |b2 maint| b3", "1 2 3" or "123". */
export function tokensOf(picks: string): Token[] {
  return picks.split("|").flatMap((part, index) => (index % 2 === 0 ? picksIn(part) : [happeningOf(part)]));
}

function picksIn(part: string): Token[] {
  const isSpaced = /\s/u.test(part.trim());
  return part
    .split(isSpaced || part.includes("b") ? /\s+/u : "")
    .filter((word) => /\S/u.test(word))
    .map((word) => {
      if (!/^b?\d+$/u.test(word)) throw new NotUnderstood(`"${word}" is no pick`);
      return { row: rowOf(word) };
    });
}

function happeningOf(part: string): Token {
  const found = /^\s*b?(\d+) (maint|drain|down|ready|up)\s*$/u.exec(part);
  if (found === null) throw new NotUnderstood(`"${part}" is nothing that happens to a server`);
  return { row: Number(found[1]) - 1, usable: found[2] === "ready" || found[2] === "up" };
}
