import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { roomOf } from "./rooms.ts";
import { arrows } from "./rules/arrows.ts";
import { clocksAndDice } from "./rules/clocks-and-dice.ts";
import { firstCard, pageStart } from "./rules/first-card.ts";
import { kindIds } from "./rules/kind-ids.ts";
import { noReminders, noSkippedTests, noSleep } from "./rules/promises.ts";
import { fileSize, functionSize } from "./rules/sizes.ts";
import { unusedExports } from "./rules/unused-exports.ts";
import { projectRoot, sourcesIn, type Complaint, type Rule } from "./source.ts";

const sources = sourcesIn("src", "e2e");
const kinds = new Set(
  readdirSync(join(projectRoot, "src/kinds"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name),
);

const broken = (rule: Rule): Complaint[] => sources.flatMap(rule);

describe("the rules of the house", () => {
  it.each<[string, Rule]>([
    ["arrows point down", arrows],
    ["the headless rooms have no clock and no dice of their own", clocksAndDice],
    ["a kind's id stands in its own folder only", kindIds(kinds)],
    ["no file is longer than it should be", fileSize],
    ["no function is longer than it should be", functionSize],
    ["no reminder is left in the code", noReminders],
    ["no test sleeps", noSleep],
    ["no test is set aside", noSkippedTests],
  ])("%s", (_, rule) => {
    expect(broken(rule)).toEqual([]);
  });

  it("nothing is exported that nobody uses", () => {
    expect(unusedExports(sources)).toEqual([]);
  });

  it("nothing heavy comes before the first card", () => {
    expect(sources.map(({ path }) => path)).toContain(pageStart);
    expect(firstCard(sources)).toEqual([]);
  });

  it("every script belongs to a room", () => {
    expect(sources.filter(({ path }) => path.startsWith("src/") && roomOf(path) === null).map(({ path }) => path)).toEqual([]);
  });

  it("a kind's folder bears its id", async () => {
    const { declarations } = await import("../kinds/declarations.ts");
    expect([...declarations.keys()]).toEqual([...kinds].sort());
  });
});

describe("the project's top level", () => {
  const manifest = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as Record<string, Record<string, string>>;

  it("pins every package to one version", () => {
    const wanted = Object.entries({ ...manifest["dependencies"], ...manifest["devDependencies"] });
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it("holds only what the house names", () => {
    const named = [
      "LICENSE",
      "README.md",
      "e2e",
      "index.html",
      "package-lock.json",
      "package.json",
      "public",
      "src",
      "tsconfig.json",
      "vite.config.ts",
    ];
    const made = ["build", "dist", "node_modules", "test-results", "playwright-report"];
    const found = readdirSync(projectRoot).filter((name) => !name.startsWith(".") && !made.includes(name));
    expect(found.filter((name) => !named.includes(name))).toEqual([]);
  });
});
