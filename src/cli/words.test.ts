import { describe, expect, it } from "vitest";
import { languageOf, tables } from "./words.ts";

describe("the command's words", () => {
  it("are the same in both languages", () => {
    for (const { en, zh } of Object.values(tables)) expect(Object.keys(zh)).toEqual(Object.keys(en));
  });

  it.each([
    [["--lang", "zh"], { LANG: "en_US.UTF-8" }, "zh"],
    [["--lang=en"], { LANG: "zh_CN.UTF-8" }, "en"],
    [[], { LANG: "zh_CN.UTF-8" }, "zh"],
    [[], { LC_ALL: "C", LANG: "zh_CN.UTF-8" }, "en"],
    [[], {}, "en"],
    [["--lang"], {}, "en"],
  ])("%j in %j: %s", (argv, environment, language) => {
    expect(languageOf(argv, environment)).toBe(language);
  });
});
