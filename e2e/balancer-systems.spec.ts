import { readFileSync } from "node:fs";
import { command } from "./keys.ts";
import {
  captionTold,
  captionsOf,
  countersOf,
  documentOf,
  example,
  expect,
  seekTo,
  selectionOf,
  sketch,
  statusOf,
  test,
} from "./playground.ts";
import type { SettingValues } from "../src/document/topology.ts";

/** A hundred requests a second over three containers, one of which hangs at 5 s; in the recordings for ten seconds (d_losses, ha_hang). */
const hangs = (title: string, front: SettingValues) => {
  const work = { workDistribution: "constant", workMs: 1, concurrency: 1000 };
  const document = sketch(
    title,
    [
      ["caller", "client", 0, 100, { arrivals: "constant", ratePerSecond: 100, timeoutMs: 60_000 }],
      ["front", "load-balancer", 200, 80, { ...front, serverTimeoutMs: 3000 }],
      ["a", "host", 480, 0],
      ["web-1", "container", 24, 48, work, "a"],
      ["web-2", "container", 24, 132, work, "a"],
      ["web-3", "container", 24, 216, work, "a"],
    ],
    [
      ["caller", "call", "front", { timeoutMs: 60_000 }],
      ["front", "forward", "web-1"],
      ["front", "forward", "web-2"],
      ["front", "forward", "web-3"],
    ],
  );
  const hang = { id: "hang", order: 0, act: "hang", target: "web-2", atMs: 5000 };
  return { ...document, schedule: { hang } };
};

const part = async (page: Parameters<typeof statusOf>[0]) => (await statusOf(page, "front")).parts.find(({ node }) => node === "web-2")!;

test("one container hangs: under HAProxy a third of the requests fail until its checks find it; under nginx none, and it is passed over", async ({
  open,
}) => {
  const haproxy = await open(hangs("HAProxy", { rules: "haproxy", checks: "http", intervalMs: 1000 }));
  await seekTo(haproxy, 14_000_000);
  await haproxy.locator('[data-node="front"]').click();
  await haproxy.getByRole("tab", { name: "Life" }).click();
  await expect(haproxy.locator(".inspector")).toContainText("DOWN");
  const lost = (await countersOf(haproxy)).failed;
  // 170 to 192 were recorded, five times over.
  expect(lost).toBeGreaterThanOrEqual(165);
  expect(lost).toBeLessThanOrEqual(197);
  expect((await part(haproxy)).state).toBe("down");
  const told = async (page: typeof haproxy) => (await captionsOf(page)).map(({ key }) => key);
  expect(await told(haproxy)).toContain("target-down");

  const nginx = await open(hangs("nginx", { rules: "nginx", algorithm: "nginx-round-robin", checks: "none" }));
  await seekTo(nginx, 14_000_000);
  await nginx.locator('[data-node="front"]').click();
  await nginx.getByRole("tab", { name: "Life" }).click();
  await expect(nginx.locator(".inspector")).toContainText("passed over");
  expect((await countersOf(nginx)).failed).toBe(0);
  const { state, facts } = await part(nginx);
  expect(state).toBe("passed-over");
  // Nobody checks it, and so nobody finds it DOWN.
  expect(await told(nginx)).not.toContain("target-down");
  expect(await told(nginx)).toContain("passed-over");
  await expect(nginx.locator(".inspector")).toContainText("by its requests");
  // 100 to 105 were recorded: all that had begun before the first timeout.
  const redirected = facts.find(({ key }) => key === "sent-elsewhere")!.value as number;
  expect(redirected).toBeGreaterThanOrEqual(98);
  expect(redirected).toBeLessThanOrEqual(107);
});

test("a balancer is set as nginx in one step to undo, and shows the configuration that it stands for", async ({ playground }) => {
  await playground.locator('[data-node="front"]').click();
  await playground.getByRole("tab", { name: "Settings" }).click();
  const before = (await documentOf(playground)).nodes["front"]!.settings;
  await playground.getByLabel("Set as").selectOption({ label: "nginx 1.22" });
  await expect.poll(async () => (await documentOf(playground)).nodes["front"]!.settings["rules"]).toBe("nginx");
  await expect(playground.locator(".inspector")).toContainText("ngx_http_upstream_module");
  await expect(playground.locator('[data-node="front"] .aside')).toHaveText("nginx");
  await playground.getByRole("button", { name: "Show configuration" }).click();
  const file = playground.getByRole("textbox", { name: "nginx.conf" });
  await expect(file).toHaveValue(/proxy_next_upstream error timeout/u);
  await expect(file).toHaveValue(/server 10\.\d+\.\d+\.\d+:\d+ weight=1 max_fails=1 fail_timeout=10s;/u);
  await playground.keyboard.press("Escape");
  await playground.getByLabel("Set as").blur();
  await playground.keyboard.press("Control+z");
  await expect.poll(async () => (await documentOf(playground)).nodes["front"]!.settings).toEqual(before);
  // Apache's algorithm is nginx's; the card says whose rules it goes by.
  await playground.getByLabel("Set as").selectOption({ label: "Apache 2.4 (mod_proxy_balancer)" });
  await expect(playground.locator('[data-node="front"] .aside')).toHaveText("Apache");
});

test("a balancer is set as another system, and its configuration shown, without a mouse", async ({ playground }) => {
  await command(playground, "front", /^front/u);
  await expect.poll(() => selectionOf(playground)).toEqual(["front"]);
  await command(playground, "set as nginx", "Set as nginx 1.22");
  await expect.poll(async () => (await documentOf(playground)).nodes["front"]!.settings["rules"]).toBe("nginx");
  await command(playground, "Show configuration");
  await expect(playground.getByRole("textbox", { name: "nginx.conf" })).toHaveValue(/upstream front/u);
});

test("how true it is stands in the help: each system's recordings, and how many of them match", async ({ playground }) => {
  await playground.keyboard.press("Shift+?");
  await playground.getByRole("button", { name: "How true is this?" }).click();
  const table = playground.getByRole("dialog", { name: "How true is this?" }).getByRole("table");
  // What the tests of the recordings hold to the run that made it.
  const scoreboard = JSON.parse(readFileSync("src/view/dialogs/scoreboard.json", "utf8")) as {
    system: string;
    group: string;
    match: number;
  }[];
  const picks = scoreboard.find(({ system, group }) => system === "haproxy" && group === "pick")!;
  await expect(table.getByRole("row", { name: /^HAProxy who is picked/u })).toContainText(String(picks.match));
  await expect(table.getByRole("row", { name: /^All/u })).toContainText(String(scoreboard.reduce((sum, { match }) => sum + match, 0)));
});

test("a pair of balancers: the backup takes the address over, and says so", async ({ open }) => {
  const pair = (priority: number) => ({ virtualRouter: "edge", routerPriority: priority, checks: "none" });
  const document = sketch(
    "Pair",
    [
      ["caller", "client", 0, 100, { arrivals: "constant", ratePerSecond: 20 }],
      ["lb-1", "load-balancer", 220, 0, pair(200)],
      ["lb-2", "load-balancer", 220, 220, pair(100)],
      ["web", "dependency", 480, 100, {}],
    ],
    [
      ["caller", "call", "lb-1"],
      ["lb-1", "forward", "web"],
      ["lb-2", "forward", "web"],
    ],
  );
  const page = await open(document);
  await page.locator('[data-node="lb-1"]').click();
  await page.keyboard.press("k");
  await expect.poll(async () => (await statusOf(page, "lb-2")).facts.find(({ key }) => key === "router")?.value).toBe("router.master");
  expect((await captionTold(page, "took-address")).key).toBe("took-address");
  await page.locator('[data-node="lb-2"]').click();
  await page.getByRole("tab", { name: "Life" }).click();
  await expect(page.locator(".inspector")).toContainText("Virtual router");
  await expect(page.locator(".inspector")).toContainText("master");
});

test("balancers behind DNS: who asks a zone never hears of the dead one, who asks a registry that checks holds on to it as predicted", async ({
  open,
}) => {
  const page = await open(example("behind-dns"));
  await seekTo(page, 30_000_000);
  const believed = async (caller: string) => (await statusOf(page, caller)).parts.map(({ node }) => node);
  expect(await believed("ann")).toEqual(["lb-1", "lb-2"]);
  expect(await believed("dora")).toEqual(["lb-2"]);
  const directory = page.getByRole("group", { name: "Directory" });
  const row = (instance: string) => directory.getByRole("row").filter({ has: page.getByRole("rowheader", { name: instance }) });
  await page.keyboard.press(",");
  await expect(directory.getByText("would never hear of a crashed instance.")).toHaveCount(3);
  await expect(row("lb-1 #1").getByText("● believes so")).toHaveCount(3);
  await directory.getByLabel("Registry").selectOption("consul");
  await expect(directory.getByText(/^lb-1, 15\.000 s: stale for .* – 12\.0 s predicted, 7\.\d+ s measured$/u)).toHaveCount(1);
  await expect(row("lb-1 #1")).toContainText("critical");
});
