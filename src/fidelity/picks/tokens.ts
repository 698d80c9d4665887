import { NotUnderstood } from "../recorded-case.ts";
import { rowOf } from "./servers.ts";

/** A pick of a server (from row 0), or what was done to one between two picks. */
export type Token =
  { readonly row: number } | { readonly row: number; readonly usable: boolean } | { readonly row: number; readonly weight: number };

/** "b1 b2 |b2 maint| b3 |b2 weight 5| b1", "1 2 3" or "123". */
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
  const [, server, word, weight] = /^\s*b?(\d+) (maint|drain|down|ready|up|weight (\d+))\s*$/u.exec(part) ?? [];
  if (server === undefined) throw new NotUnderstood(`"${part}" is nothing that happens to a server`);
  const row = Number(server) - 1;
  return weight === undefined ? { row, usable: word === "ready" || word === "up" } : { row, weight: Number(weight) };
}
