import { describe, expect, it } from "vitest";
import type { Field, Fields } from "../document/settings.ts";
import { declarations } from "../kinds/declarations.ts";
import type { KindWords, SettingWords } from "../view/kit/kind-words.ts";

type Table = Readonly<Record<string, unknown>>;

/** Every export of every words file that speaks both languages. */
const modules = import.meta.glob<Table>(["../kinds/*/words.ts", "../cli/words.ts", "../**/*-words.ts"], { eager: true });
const tables = Object.entries(modules).flatMap(([file, module]) =>
  Object.entries(module)
    .filter((entry): entry is [string, { en: Table; zh: Table }] => isBoth(entry[1]))
    .map(([name, both]) => ({ title: `${file.replace("../", "src/")} ${name}`, ...both })),
);

const kindWords = import.meta.glob<{ en: KindWords; zh: KindWords }>("../kinds/*/words.ts", { eager: true, import: "words" });

describe("the words", () => {
  it("are found", () => expect(tables.length).toBeGreaterThan(declarations.size));

  it.each(tables)("$title say the same things in both languages, with the same blanks", ({ en, zh }) => {
    expect(blanks(zh)).toEqual(blanks(en));
  });
});

describe.each([...declarations.values()])("the words of the kind $id", ({ id, settings }) => {
  it.each(["en", "zh"] as const)("name every setting and every option of it in %s", (language) => {
    const words = kindWords[`../kinds/${id}/words.ts`]?.[language];
    expect(words?.name).toBeTruthy();
    expect(unsaid(settings.fields, words?.settings ?? {})).toEqual([]);
    expect(Object.keys(words?.settings ?? {}).filter((name) => !(name in settings.fields))).toEqual([]);
  });
});

function isBoth(value: unknown): boolean {
  return typeof value === "object" && value !== null && isTable((value as Table)["en"]) && isTable((value as Table)["zh"]);
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null;
}

/** Each sentence's path and the blanks in it, so that no translation forgets a name or a number. Sorted, as word order differs. */
function blanks(table: Table, path = ""): string[] {
  return Object.entries(table)
    .flatMap(([key, value]) => {
      if (isTable(value)) return blanks(value, `${path}${key}.`);
      const found = typeof value === "string" ? (value.match(/\{\w+\}/g) ?? []) : [];
      return [`${path}${key} ${[...new Set(found)].sort().join("")}${value === "" ? " (empty)" : ""}`];
    })
    .sort();
}

function unsaid(fields: Fields, words: Readonly<Record<string, SettingWords>>): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const said = words[name];
    if (!said?.label || !said.help) return [name];
    return optionsOf(field)
      .filter((option) => !said.options?.[option])
      .map((option) => `${name}: ${option}`);
  });
}

const optionsOf = (field: Field): readonly string[] => (field.type === "choice" ? field.options : []);
