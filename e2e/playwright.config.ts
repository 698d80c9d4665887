import { defineConfig } from "@playwright/test";
import { chromiumFlags, findChromium } from "./chromium.ts";

/** Two suites at once, from two clones, need a port each. */
const port = Number(process.env["BREAKWATER_TEST_PORT"] ?? 4317);
const address = `http://localhost:${port}/`;

export default defineConfig({
  testDir: ".",
  outputDir: "../build/test/browser",
  fullyParallel: true,
  // A simulation, a browser and a worker each want a core: more than two at once would only measure the machine.
  workers: 2,
  // A test that passes only at its second try is told apart from the others ("flaky"): the machine may have had something else to do.
  retries: 1,
  forbidOnly: Boolean(process.env["CI"]),
  // Long, since the machine may have much else to do: what is waited for is an event, and comes as soon as it comes.
  timeout: 240_000,
  expect: { timeout: 40_000 },
  reporter: [["list"], ["json", { outputFile: process.env["BREAKWATER_TEST_REPORT"] ?? "../build/test/browser.json" }]],
  use: {
    baseURL: address,
    actionTimeout: 60_000,
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    colorScheme: "light",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: { executablePath: findChromium(), args: chromiumFlags() },
  },
  webServer: {
    command: `node src/tooling/start.mjs --port ${port}`,
    cwd: "..",
    url: address,
    timeout: 180_000,
    reuseExistingServer: false,
  },
});
