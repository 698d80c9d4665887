// @ts-check
/**
 * `npm test`: every check in one go, in sections, each run even when an earlier one failed, and one closing line that
 * adds all of them up. `npm test -- types tidy` runs only those.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./build.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */
/** @typedef {{ name: string, title: string, command: string[], tally: (report: any) => Tally }} Section */

const reports = join(root, "build/test");
const vitest = ["vitest", "run", "--reporter=default", "--reporter=json"];

/** @type {Section[]} */
const sections = [
  { name: "format", title: "Format", command: ["prettier", "--check", "--log-level", "warn", "."], tally: one },
  { name: "types", title: "Types, room by room", command: ["tsc", "-b", "--pretty", "false"], tally: one },
  { name: "tidy", title: "Tidy: the rules of the house", command: [...vitest, "src/tidy"], tally: ofVitest },
  { name: "unit", title: "Unit, property and golden tests", command: [...vitest, "--exclude", "src/tidy/**"], tally: ofVitest },
  { name: "browser", title: "Browser", command: ["playwright", "test", "--config", "e2e/playwright.config.ts"], tally: ofPlaywright },
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !sections.some((section) => section.name === name));
if (unknown.length > 0) {
  process.stderr.write(`No such section: ${unknown.join(", ")}. There are: ${sections.map(({ name }) => name).join(", ")}.\n`);
  process.exit(2);
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const chosen = sections.filter(({ name }) => asked.length === 0 || asked.includes(name));
const tallies = chosen.map(run);
close(chosen, tallies);

/**
 * @param {Section} section
 * @returns {Tally}
 */
function run({ name, title, command, tally }) {
  process.stdout.write(`\n━━ ${title} ━━\n`);
  const report = join(reports, `${name}.json`);
  const [program = "", ...rest] = command;
  const reporting = tally === ofVitest ? [...rest, `--outputFile.json=${report}`] : rest;
  const { status, error } = spawnSync(join(root, "node_modules/.bin", program), reporting, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
    env: { ...process.env, BREAKWATER_TEST_REPORT: report },
  });
  if (error) process.stderr.write(`${program}: ${error.message}\n`);
  return settled(tally === one ? null : read(report), tally, status === 0);
}

/**
 * A runner that ended badly has failed even if it counted no failure, and one that counted nothing at all has too.
 * @param {unknown} report
 * @param {Section["tally"]} tally
 * @param {boolean} endedWell
 * @returns {Tally}
 */
function settled(report, tally, endedWell) {
  if (tally === one) return { passed: endedWell ? 1 : 0, failed: endedWell ? 0 : 1, skipped: 0 };
  const counted = report === null ? { passed: 0, failed: 0, skipped: 0 } : tally(report);
  const broken = counted.failed === 0 && (!endedWell || counted.passed === 0);
  return broken ? { ...counted, failed: 1 } : counted;
}

/** Format and types count as one check each. @returns {Tally} */
function one() {
  return { passed: 1, failed: 0, skipped: 0 };
}

/** @param {any} report @returns {Tally} */
function ofVitest(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** A flaky test passed at its second try; Playwright names it in its own list. @param {any} report @returns {Tally} */
function ofPlaywright({ stats }) {
  if (stats.flaky > 0) process.stdout.write(`${stats.flaky} passed only at the second try.\n`);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

/** @param {string} file */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    process.stderr.write(`The runner left no report at ${file}.\n`);
    return null;
  }
}

/**
 * @param {readonly Section[]} run
 * @param {readonly Tally[]} all
 */
function close(run, all) {
  process.stdout.write("\n━━ Summary ━━\n");
  run.forEach(({ title }, index) => {
    const { passed, failed, skipped } = all[index] ?? one();
    process.stdout.write(
      `${failed > 0 ? "✕" : "✓"} ${title}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`,
    );
  });
  const sum = (/** @type {keyof Tally} */ key) => all.reduce((total, tally) => total + tally[key], 0);
  const skipped = sum("skipped");
  process.stdout.write(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
  process.exitCode = sum("failed") > 0 ? 1 : 0;
}
