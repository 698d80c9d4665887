import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { createServer } from "vite";
import {
  act,
  askOf,
  choose,
  digestOf,
  drag,
  exampleFile,
  expect,
  gripOf,
  isUp,
  nowUsOf,
  partBecomes,
  pointIn,
  setPlaying,
  setSpeed,
  test,
  type Complaints,
  logTells,
} from "./playground.ts";
import type { Simulation } from "../src/engine/simulation.ts";
import type { Replay } from "../src/runtime/protocol.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The command line's hash of the trace that the acts of a replay give. */
async function digestInNode({ inputs }: Replay, untilUs: number): Promise<string> {
  const acts = inputs.flatMap((input) => ("act" in input ? [`--${input.act.act}`, `${input.act.target}@${input.atUs}us`] : []));
  const command = ["src/tooling/breakwater.mjs", "run", exampleFile("failover"), "--for", `${untilUs}us`, "--json", ...acts];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root });
  return (JSON.parse(stdout) as { traceSha256: string }).traceSha256;
}

/** The engine's own, for what the command line cannot be told: documents edited while they run. */
async function digestOfEngine({ document, seed, cold, inputs }: Replay, untilUs: number): Promise<string> {
  const vite = await createServer({
    ...{ root, configFile: false, appType: "custom", logLevel: "error" },
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const engine = (await vite.ssrLoadModule("/src/engine/simulation.ts")) as { Simulation: typeof Simulation };
    const { kinds } = (await vite.ssrLoadModule("/src/kinds/registry.ts")) as typeof import("../src/kinds/registry.ts");
    const simulation = new engine.Simulation({ document, kinds, seed, cold, inputs, digest: true });
    simulation.runUntil(untilUs);
    return simulation.digest();
  } finally {
    await vite.close();
  }
}

/** A page of its own that plays the engine on its main thread, and there does again what was done, at the same times. */
async function digestOnMainThread(page: Page, complaints: Complaints, replay: Replay, untilUs: number): Promise<string> {
  const context = await page.context().browser()!.newContext({ baseURL: page.url() });
  const here = await context.newPage();
  await complaints.listen(here);
  await here.goto("./?in-process");
  await isUp(here);
  expect(
    here
      .workers()
      .map((worker) => worker.url())
      .join(),
    "no engine in a worker",
  ).not.toContain("engine");
  await here.evaluate(
    ([{ document, cold, inputs }, endUs]) => {
      const { send } = window.__breakwater;
      send({ type: "open", document, cold, playing: false });
      for (const input of inputs) {
        send({ type: "seek", toUs: input.atUs - 1 });
        send("act" in input ? { type: "act", act: input.act } : { type: "edit", document: input.document });
      }
      send({ type: "seek", toUs: endUs });
    },
    [replay, untilUs] as const,
  );
  await expect.poll(() => nowUsOf(here)).toBe(untilUs);
  const again = await askOf<Replay>(here, { about: "inputs" });
  expect(again.inputs).toEqual(replay.inputs);
  const digest = await digestOf(here);
  await context.close();
  return digest;
}

test("played by hand, the same trace in a worker, on the main thread and in Node", async ({ playground: page, complaints }) => {
  await setSpeed(page, 10);
  await choose(page, "web-2");
  await act(page, "Kill");
  await logTells(page, ["target-down front web-2"]);
  await act(page, "Recreate");
  await partBecomes(page, "front", "web-2", "up");
  await setPlaying(page, false);
  expect(
    page
      .workers()
      .map((worker) => worker.url())
      .join(),
    "the engine's worker",
  ).toContain("engine-worker");
  const [replay, untilUs, inWorker] = [await askOf<Replay>(page, { about: "inputs" }), await nowUsOf(page), await digestOf(page)];
  expect(replay.inputs).toHaveLength(2);
  expect(inWorker).toMatch(/^[0-9a-f]{64}$/);
  expect(await digestOnMainThread(page, complaints, replay, untilUs)).toBe(inWorker);
  expect(await digestInNode(replay, untilUs)).toBe(inWorker);
  expect(await digestInNode({ ...replay, inputs: replay.inputs.slice(0, 1) }, untilUs), "with one act less").not.toBe(inWorker);
});

test("edited while it runs, the same trace, too", async ({ playground: page, complaints }) => {
  await setSpeed(page, 10);
  await drag(page, await gripOf(page, "web-2"), await pointIn(page, "host-b", 0.75, 0.5));
  await partBecomes(page, "front", "web-2", "up");
  await choose(page, "web-1");
  await act(page, "Hang");
  await logTells(page, ["target-down front web-1"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await setPlaying(page, false);
  const [replay, untilUs, inWorker] = [await askOf<Replay>(page, { about: "inputs" }), await nowUsOf(page), await digestOf(page)];
  expect(replay.inputs.map((input) => ("act" in input ? "act" : "edit"))).toEqual(["edit", "act", "edit"]);
  expect(await digestOnMainThread(page, complaints, replay, untilUs)).toBe(inWorker);
  expect(await digestOfEngine(replay, untilUs)).toBe(inWorker);
});
