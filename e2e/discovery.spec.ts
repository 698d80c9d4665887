import { readFileSync } from "node:fs";
import type { Topology } from "../src/document/topology.ts";
import { countersOf, documentOf, expect, logTells, nothingIsLost, nowUsOf, seekTo, setPlaying, statusOf, test } from "./playground.ts";

const shipped = (name: string) => JSON.parse(readFileSync(new URL(`../public/examples/${name}.json`, import.meta.url), "utf8")) as Topology;
/** Two programs that ask the registry, two behind a balancer that does; what befalls them is done by hand. */
const twoWays: Topology = { ...shipped("two-ways-to-find"), schedule: {} };

test("an instance's end and return, as the registry and each consumer learn of them", async ({ open }) => {
  const page = await open(twoWays);
  const directory = page.getByRole("group", { name: "Directory" });
  const row = (instance: string) => directory.getByRole("row").filter({ has: page.getByRole("rowheader", { name: instance }) });
  const ring = page.locator('[data-node="web-2"] .lease');
  await seekTo(page, 5_000_000);
  await page.keyboard.press(",");
  await expect(row("web-2 #1").getByRole("cell")).toHaveText([
    /^10\./u,
    /passing .* left/u,
    /ago$/u,
    ...Array<string>(3).fill("● believes so"),
  ]);

  await page.locator('[data-node="web-2"]').click();
  await page.keyboard.press("k");
  await seekTo(page, 9_000_000);
  await expect(ring).toBeVisible();
  await expect(row("web-2 #1").getByText("▲ stale")).toHaveCount(3);

  await seekTo(page, 25_000_000);
  await logTells(page, [
    "died web-2",
    "expired registry web-2",
    "told registry app-1",
    "told registry app-2",
    "target-removed app-1 web-2",
    "target-removed app-2 web-2",
  ]);
  await expect(ring).toBeHidden();
  await expect(row("web-2 #1").getByText("▲ stale")).toHaveCount(0);
  // Each consumer's stale window beside what was predicted at the fault.
  await expect(directory.getByText(/^web-2, 5\.000 s: stale for 10\.0 s – 15\.0 s predicted, 1\d\.\d+ s measured$/u)).toHaveCount(3);

  const before = (await statusOf(page, "web-2")).lostAddress;
  await page.keyboard.press("r");
  await seekTo(page, 28_000_000);
  await logTells(page, ["up web-2", "registered registry web-2", "target-added app-1 web-2", "target-up front web-2"]);
  await expect(row("web-2 #2").getByText("● believes so")).toHaveCount(3);
  expect((await statusOf(page, "web-2")).address).not.toBe(before);
  await nothingIsLost(page);
});

test("a caller is switched over to the balancer under load and back, and the run goes on", async ({ open }) => {
  const page = await open(twoWays);
  await seekTo(page, 5_000_000);
  await page.locator('[data-node="app-1"]').click();
  await page.getByRole("button", { name: "Go through the balancer" }).click();
  await expect
    .poll(async () => Object.values((await documentOf(page)).links).some(({ from, to }) => from === "app-1" && to === "front"))
    .toBe(true);
  await seekTo(page, 10_000_000);
  const [switched, still] = await Promise.all([statusOf(page, "app-1"), statusOf(page, "app-2")]);
  expect(switched.parts.map(({ node }) => node)).toEqual(["front"]);
  expect(still.parts.map(({ node }) => node)).toEqual(["web-1", "web-2", "web-3"]);

  await page.getByRole("button", { name: "Find instances itself" }).click();
  await setPlaying(page, true);
  await expect.poll(() => nowUsOf(page)).toBeGreaterThan(11_000_000);
  await expect.poll(async () => (await statusOf(page, "app-1")).parts.map(({ node }) => node)).toEqual(["web-1", "web-2", "web-3"]);
  expect((await countersOf(page)).failed).toBe(0);
  await nothingIsLost(page);
});

test("the two ways are compared by playing the document that is open", async ({ open }) => {
  const page = await open(twoWays);
  await page.getByRole("button", { name: "View" }).click();
  await page.getByRole("menuitem", { name: "Discovery compared" }).click();
  const dialog = page.getByRole("dialog", { name: "Discovery compared" });
  const cells = (name: string) =>
    dialog
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name }) })
      .getByRole("cell");
  await expect(cells("Hops of a request")).toHaveText(["1", "2"]);
  await expect(cells("Programs that carry discovery")).toHaveText(["2 (app-1, app-2)", "1 (front)"]);
  await expect(cells("The registry fails")).toHaveText([/✕ \d+ of \d+ lost, 2 of 2 callers hit/u, "● nothing lost"]);
  await expect(cells("The balancer fails")).toHaveText(["● nothing lost", /✕ \d+ of \d+ lost, 2 of 2 callers hit/u]);
  await dialog.getByRole("button", { name: "The registry fails" }).click();
  await expect
    .poll(async () => Object.values((await documentOf(page)).schedule).map(({ act }) => act))
    .toEqual(["kill", "stop", "recreate"]);
});

test("the leader of a registry of three members is killed: another is elected, and nothing that is registered is lost", async ({
  open,
}) => {
  const page = await open(shipped("three-members"));
  await seekTo(page, 3_000_000);
  const members = ["registry-1", "registry-2", "registry-3"];
  const leaderNow = async () => {
    const statuses = await Promise.all(members.map((id) => statusOf(page, id)));
    return statuses.filter(({ tone, facts }) => tone === "running" && facts.some(({ key, value }) => key === "role" && value === "leader"));
  };
  const [first] = await leaderNow();
  await expect(page.locator(`[data-node="${first!.id}"]`)).toContainText("leader, term 1");

  await page.locator(`[data-node="${first!.id}"]`).click();
  await page.keyboard.press("k");
  await seekTo(page, 8_000_000);
  const [second, ...others] = await leaderNow();
  expect(others).toEqual([]);
  expect(second!.id).not.toBe(first!.id);
  await expect(page.locator(`[data-node="${second!.id}"]`)).toContainText(/leader, term [2-9]/u);
  expect(second!.parts.map(({ node, state }) => `${node} ${state}`)).toEqual(["web-1 passing", "web-2 passing", "web-3 passing"]);
  expect((await countersOf(page)).failed).toBe(0);
});

test("a master that sentinels look after is killed: they find it down, elect one of themselves, and callers are told of another", async ({
  open,
}) => {
  const page = await open(shipped("redis-sentinel"));
  await seekTo(page, 3_000_000);
  const named = async (id: string) => (await statusOf(page, id)).facts.find(({ key }) => key === "master")?.value;
  await expect(page.locator('[data-node="sentinel-1"]')).toContainText("master");
  expect(await named("sentinel-1")).toBe("redis-1");

  await page.locator('[data-node="redis-1"]').click();
  await page.keyboard.press("k");
  await seekTo(page, 14_000_000);
  const master = await named("sentinel-1");
  expect(master).not.toBe("redis-1");
  expect(await named("sentinel-3")).toBe(master);
  expect((await statusOf(page, "app-1")).parts.map(({ node }) => node)).toEqual([master]);
});
