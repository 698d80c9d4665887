import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../tidy/source.ts";
import { casesIn } from "./case-files.ts";
import { play } from "./play.ts";
import type { RecordedCase } from "./recorded-case.ts";
import { scoreboard, scoreOf } from "./scoreboard.ts";

const ours = join(projectRoot, "src/fidelity/cases");

/** The command as a person starts it. */
function fidelity(...argv: string[]) {
  const program = join(projectRoot, "src/tooling/fidelity.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], { cwd: projectRoot, encoding: "utf8" });
  return { status, stdout, stderr };
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fidelity-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const clear = () => {
  rmSync(folder, { recursive: true, force: true });
  folder = mkdtempSync(join(tmpdir(), "fidelity-"));
};

/** What matches stays matching: the README tells how many, and this is where it has it from (`UPDATE_GOLDEN=1` writes it). */
it("the scoreboard of our own copy of the cases is the README's and the help's", { timeout: 300_000 }, () => {
  const played = casesIn(ours).map(play);
  const rows = [...scoreboard(played), { system: "**all**", group: "", ...scoreOf(played) }];
  const cells = (row: readonly (string | number)[]) => `| ${row.join(" | ")} |`;
  const table = [
    cells(["system", "group", "match", "miss", "not understood"]),
    cells(["---", "---", "---:", "---:", "---:"]),
    ...rows.map(({ system, group, match, miss, notUnderstood }) => cells([system, group, match, miss, notUnderstood])),
  ];
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(helpPath, `${JSON.stringify(scoreboard(played), null, 2)}\n`);
  else expect(JSON.parse(readFileSync(helpPath, "utf8"))).toEqual(scoreboard(played));
  const readme = readFileSync(readmePath, "utf8");
  const [before, written = "", after = ""] = readme.split(/<!-- \/?scoreboard -->\n/u);
  if (process.env["UPDATE_GOLDEN"] === "1")
    writeFileSync(readmePath, `${before}<!-- scoreboard -->\n\n${table.join("\n")}\n\n<!-- /scoreboard -->\n${after}`);
  else expect(written.trim().split("\n").map(unpadded)).toEqual(table.map(unpadded));
});

/** The same in the page's help. */
const helpPath = join(projectRoot, "src/view/dialogs/scoreboard.json");
const readmePath = join(projectRoot, "README.md");
/** However a formatter has aligned it. */
const unpadded = (line: string) => line.replace(/ +/gu, " ").replace(/-+/gu, "-");

const aPick = { group: "pick", system: "haproxy 2.6.12", alg: "roundrobin", case: "rr", weights: [3, 2, 1], picks: "b1 b2 b1 b3 b1 b2" };
const caseOf = (fields: Record<string, unknown>): RecordedCase => ({
  file: "x.json",
  group: String(fields["group"]),
  system: String(fields["system"]),
  meant: String(fields["system"]),
  name: String(fields["case"]),
  fields,
});
const verdictOf = (change: object) => play(caseOf({ ...aPick, ...change })).verdict;

describe("a verdict", () => {
  it.each([
    ["match", {}],
    ["miss", { picks: "b1 b2 b1 b3 b2 b1" }],
    ["miss", { weights: [1, 1, 1] }],
    ["match", { alg: "static-rr", picks: "1 1 2 1 2 3" }],
    ["match", { alg: "static-rr", picks: "b1 b1 b2 |b1 maint| b2 b2 b3 |b1 ready| b1" }],
    ["not understood", { alg: "magic" }],
    ["not understood", { system: "f5 15.1" }],
    ["not understood", { group: "weather" }],
    ["not understood", { weights: "heavy" }],
    ["not understood", { picks: "b1 b2 b?" }],
    ["match", { alg: "random(1)", picks: undefined, weights: [1, 1, 1], n: 3000, counts: { b1: 1072, b2: 868, b3: 1060 } }],
    // An even third each is what a ring that is not lumpy would give.
    ["miss", { alg: "random(1)", picks: undefined, weights: [1, 1, 1], n: 30_000, counts: { b1: 10_000, b2: 10_000, b3: 10_000 } }],
  ])("%s: %o", (verdict, change) => {
    expect(verdictOf(change)).toBe(verdict);
  });
});

describe("npm run fidelity", () => {
  it("exits with 0 when all match, and 1 when one does not, which it names", () => {
    clear();
    cpSync(join(ours, "a_nginx_picks.json"), join(folder, "a.json"));
    expect(fidelity("--cases", folder).status).toBe(0);
    write(
      "b.json",
      JSON.stringify([
        { ...aPick, picks: "b3 b3" },
        { ...aPick, group: "weather", case: "rain" },
      ]),
    );
    const { status, stdout } = fidelity("--cases", folder);
    expect(status).toBe(1);
    expect(stdout).toContain("miss            haproxy 2.6.12 · rr · exact: recorded 3 3, predicted 1 2");
    expect(stdout).toContain("not understood  haproxy 2.6.12 · rain · nobody plays such a case");
    expect(stdout).toMatch(/^haproxy +weather +0 +0 +1$/mu);
    expect(stdout).toMatch(/^all +16 +1 +1$/mu);
  });

  it("--json gives the cases and the sums, and nothing else", () => {
    clear();
    write("a.json", JSON.stringify([aPick, { ...aPick, group: "weather", case: "rain" }]));
    const { status, stdout } = fidelity("--cases", folder, "--json");
    expect(status).toBe(1);
    const about = { file: "a.json", system: "haproxy 2.6.12" };
    expect(JSON.parse(stdout)).toEqual({
      cases: [
        { ...about, case: "rr", group: "pick", verdict: "match", recorded: "1 2 1 3 1 2", predicted: "1 2 1 3 1 2" },
        { ...about, case: "rain", group: "weather", verdict: "not understood", recorded: null, predicted: null },
      ],
      summary: { match: 1, miss: 0, notUnderstood: 1 },
    });
  });

  it.each([
    ["no directory at all", [], /--cases: which directory\?/u],
    ["a directory that is not there", ["--cases", "/nowhere/at/all"], /^fidelity: \/nowhere\/at\/all: /u],
    ["an option that it does not know", ["--cases", ".", "--fast"], /--fast/u],
  ])("bad input, exit 2: %s", (_name, argv, said) => {
    const { status, stderr, stdout } = fidelity(...argv);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(said);
  });

  it.each([
    ["an empty directory", null, /: holds no \.json file/u],
    ["what is no JSON", '[\n{"group": "pick",}]', /a\.json:2:\d+: not JSON/u],
    ["what is no list", "{}", /a\.json: is no list of cases/u],
    ["what is no case", "[3]", /a\.json\[0\]: is no case/u],
    ["a case without a name", '[{"group": "pick", "system": "x"}]', /a\.json\[0\]\.case: is no text/u],
  ])("bad input, exit 2: %s", (_name, text, said) => {
    clear();
    if (text !== null) write("a.json", text);
    const { status, stderr } = fidelity("--cases", folder);
    expect(status).toBe(2);
    expect(stderr).toMatch(said);
  });
});
