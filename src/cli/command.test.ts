import { describe, expect, it } from "vitest";
import { BadInput } from "./bad-input.ts";
import { parseCommand } from "./command.ts";

const acts = new Set(["kill", "slow", "cut"]);
const parse = (line: string) => parseCommand(line.split(" ").filter(Boolean), acts);

function complaint(line: string): string {
  try {
    parse(line);
  } catch (error) {
    if (error instanceof BadInput) return `${error.code} at ${error.place}`;
    throw error;
  }
  return "none";
}

describe("the arguments of the command", () => {
  it("run takes its defaults", () => {
    const defaults = { forUs: 60_000_000, seed: null, cold: false, json: false, trace: null, acts: [], assertions: [] };
    expect(parse("run a.json")).toEqual({ do: "run", file: "a.json", ...defaults });
  });

  it("run takes every option, and acts in any number and order", () => {
    const line =
      "run --for 2m --seed 7 a.json --kill web-2@10s --slow=web@1@500ms:4 --kill b@0 --trace t.jsonl --json --cold --assert failed<=5";
    expect(parse(line)).toMatchObject({
      file: "a.json",
      forUs: 120_000_000,
      seed: 7,
      cold: true,
      json: true,
      trace: "t.jsonl",
      acts: [
        { act: "kill", target: "web-2", atUs: 10_000_000 },
        { act: "slow", target: "web@1", atUs: 500_000, amount: 4 },
        { act: "kill", target: "b", atUs: 0 },
      ],
      assertions: [{ metric: "failed", operator: "<=", bound: 5 }],
    });
  });

  it.each([
    ["", { do: "help" }],
    ["--help", { do: "help" }],
    ["run --help", { do: "help" }],
    ["--version", { do: "version" }],
    ["validate a.json --lang zh", { do: "validate", file: "a.json" }],
    ["validate -", { do: "validate", file: "-" }],
  ])("%j", (line, command) => {
    expect(parse(line)).toEqual(command);
  });

  it.each([
    ["play a.json", "unknown-command at play"],
    ["run", "one-file at run"],
    ["run a.json b.json", "one-file at b.json"],
    ["run a.json --frobnicate web-2@10s", "unknown-option at --frobnicate"],
    ["run a.json --constructor", "unknown-option at --constructor"],
    ["run a.json --for", "value-missing at --for"],
    ["run a.json --json=yes", "value-not-wanted at --json"],
    ["run a.json --for 10", "not-a-duration at --for 10"],
    ["run a.json --for -5s", "not-a-duration at --for -5s"],
    ["run a.json --seed 1.5", "not-a-seed at --seed 1.5"],
    ["run a.json --seed 4294967296", "not-a-seed at --seed 4294967296"],
    ["run a.json --kill web-2", "not-an-act at --kill web-2"],
    ["run a.json --kill web-2@ten", "not-a-duration at --kill web-2@ten"],
    ["run a.json --kill web-2@61s", "after-the-end at --kill web-2@61s"],
    ["run a.json --slow web-2@1s:x", "not-a-number at --slow web-2@1s:x"],
    ["run a.json --assert failed", "not-an-assertion at --assert failed"],
    ["run a.json --assert beauty>3", "unknown-metric at --assert beauty>3"],
    ["run a.json --assert p99(web)<3", "not-of-a-node at --assert p99(web)<3"],
    ["run a.json --assert failed<5ms", "not-a-bound at --assert failed<5ms"],
    ["run a.json --assert p99<5%", "not-a-bound at --assert p99<5%"],
    ["validate a.json --json", "only-for-run at --json"],
  ])("%s: %s", (line, expected) => {
    expect(complaint(line)).toBe(expected);
  });
});
