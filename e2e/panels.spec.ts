import type { Page } from "@playwright/test";
import { clockPasses, expect, test } from "./playground.ts";

interface Watched {
  readonly __breakwater: {
    document(): { readonly nodes: Record<string, { readonly settings: Record<string, unknown> }>; readonly schedule: object };
    selection(): readonly string[];
    counters(): { issued: number; served: number; failed: number; timedOut: number; inFlight: number };
    status(id: string): { readonly state: string } | null;
    time(): { readonly nowUs: number };
  };
}
const settingOf = (page: Page, id: string, name: string) =>
  page.evaluate(([node, key]) => (window as never as Watched).__breakwater.document().nodes[node!]!.settings[key!], [id, name]);
const stateOf = (page: Page, id: string) => page.evaluate((node) => (window as never as Watched).__breakwater.status(node)?.state, id);

test.beforeEach(async ({ playground }) => {
  await playground.locator('[data-node="front"]').waitFor();
});

test("a setting is read, refused out of its range with the reason, set, and undone in one step", async ({ playground }) => {
  await playground.locator('[data-node="front"]').click();
  await playground.getByRole("tab", { name: "Settings" }).click();
  const interval = playground.getByLabel("inter", { exact: true });
  const before = await settingOf(playground, "front", "intervalMs");
  await interval.fill("5");
  await interval.press("Enter");
  await expect(playground.getByRole("alert")).toContainText("From 10 ms to 1 h.");
  expect(await settingOf(playground, "front", "intervalMs")).toBe(before);
  await interval.fill("500");
  await interval.press("Enter");
  await expect.poll(() => settingOf(playground, "front", "intervalMs")).toBe(500);
  await interval.blur();
  await playground.keyboard.press("Control+z");
  await expect.poll(() => settingOf(playground, "front", "intervalMs")).toBe(before);
});

test("a setting that will hardly do what was meant is warned of where it is set, and at whoever else it concerns", async ({
  playground,
}) => {
  await playground.locator('[data-node="registry"]').click();
  await playground.getByRole("tab", { name: "Settings" }).click();
  const panel = playground.locator(".inspector");
  const lease = playground.getByLabel("Lease (TTL)", { exact: true });
  await lease.fill("1000");
  await lease.press("Enter");
  const warning = "renews its lease every 5000 ms, but registry lets it expire after 1000 ms";
  await expect(panel.getByRole("button", { name: warning })).toHaveCount(3);
  await panel.getByRole("button", { name: `web-2 ${warning}` }).click();
  await expect(panel.getByRole("heading", { name: "web-2" })).toBeVisible();
  await expect(panel.getByRole("button", { name: warning })).toHaveCount(1);
});

test("settings that make sense only for some choices are shown only then", async ({ playground }) => {
  await playground.locator('[data-node="front"]').click();
  await playground.getByRole("tab", { name: "Settings" }).click();
  await expect(playground.getByLabel("fall", { exact: true })).toBeVisible();
  await playground.getByLabel("Health checks", { exact: true }).selectOption("none");
  await expect(playground.getByLabel("fall", { exact: true })).toHaveCount(0);
});

test("the log is filtered, and a line shows its node and its request's journey back to the cause", async ({ playground }) => {
  await playground.keyboard.press("a");
  await playground.locator('[data-node="web-2"]').click();
  await playground.keyboard.press("k");
  await playground.keyboard.press("j");
  await playground.getByLabel("Filter by kind of event").selectOption("loss");
  await playground.getByLabel("Filter by text").fill("refused");
  const line = playground.locator(".drawer .log-line").first();
  await line.click();
  await expect.poll(() => playground.evaluate(() => (window as never as Watched).__breakwater.selection())).not.toEqual(["web-2"]);
  const journey = playground.locator(".journey");
  await expect(journey).toContainText("Why, back to the cause");
  await expect(journey).toContainText("you did “Kill” to web-2");
});

test("the counters agree with each other while it runs", async ({ playground }) => {
  await playground.keyboard.press("o");
  await clockPasses(playground, 2);
  const { issued, served, failed, timedOut, inFlight } = await playground.evaluate(() =>
    (window as never as Watched).__breakwater.counters(),
  );
  expect(issued).toBeGreaterThan(0);
  expect(served + failed + timedOut + inFlight).toBe(issued);
  await expect(playground.locator("[data-counter=issued]")).not.toHaveText("0");
});

test("an act is scheduled, happens at its time, and is taken back by one undo", async ({ playground }) => {
  await playground.locator('[data-node="web-3"]').click();
  await playground.keyboard.press("q");
  await playground.getByRole("button", { name: "Add" }).click();
  const at = playground.getByLabel("At, in seconds");
  await at.fill("4");
  await at.press("Enter");
  await at.blur();
  await playground.keyboard.press("Shift+Digit0");
  await clockPasses(playground, 4.01, 60_000);
  await expect.poll(() => stateOf(playground, "web-3")).toBe("dead");
  await playground.keyboard.press("Control+z");
  await playground.keyboard.press("Control+z");
  await expect(playground.locator(".schedule-row")).toHaveCount(0);
});

test("the command palette places, finds and does, in either language", async ({ playground }) => {
  await playground.keyboard.press("Control+k");
  // The palette comes when it is first asked for; the inspector has a choice of its own.
  const palette = playground.getByRole("dialog").getByRole("combobox");
  await palette.fill("web-1");
  await playground
    .getByRole("option", { name: /^web-1/u })
    .first()
    .click();
  await expect.poll(() => playground.evaluate(() => (window as never as Watched).__breakwater.selection())).toEqual(["web-1"]);
  await playground.keyboard.press("Shift+L");
  await playground.keyboard.press("Control+k");
  await palette.fill("终止");
  await playground.keyboard.press("Enter");
  await expect.poll(() => stateOf(playground, "web-1")).toBe("dead");
});

test("over a dialog the keys of language and theme do their work; in its fields they type", async ({ playground }) => {
  await playground.keyboard.press("Shift+?");
  const title = playground.getByRole("dialog").getByRole("heading").first();
  await expect(title).toHaveText("Keys");
  await playground.keyboard.press("Shift+L");
  await expect(title).toHaveText("按键");
  const theme = () => playground.evaluate(() => document.documentElement.dataset["theme"]);
  const before = await theme();
  await playground.keyboard.press("Shift+T");
  await expect.poll(theme).not.toBe(before);
  await playground.keyboard.press("Escape");
  await playground.keyboard.press("Control+k");
  const field = playground.getByRole("dialog").getByRole("combobox");
  await expect(field).toBeFocused();
  await playground.keyboard.press("Shift+L");
  await expect(field).toHaveValue("L");
  await expect(playground.locator("html")).toHaveAttribute("lang", /zh/u);
});

test("a balancer's panel tells first how the newest fault was found, of whom, and then of its targets", async ({ playground }) => {
  await playground.locator('[data-node="web-2"]').click();
  await playground.keyboard.press("k");
  await playground.locator('[data-node="front"]').click();
  await playground.getByRole("tab", { name: "Life" }).click();
  const panel = playground.locator(".inspector");
  await expect(panel).toContainText("Fault of web-2");
  await expect(panel).toContainText("Detection, predicted2.00 s – 3.00 s");
  const [fault, targets] = await Promise.all([panel.getByText("Fault of web-2").boundingBox(), panel.getByText("Targets").boundingBox()]);
  expect(fault!.y).toBeLessThan(targets!.y);
});

test("presenting leaves the canvas, the caption and the clock", async ({ playground }) => {
  await playground.keyboard.press("f");
  await expect(playground.getByRole("banner")).toHaveCount(0);
  await expect(playground.getByRole("complementary")).toHaveCount(0);
  await expect(playground.getByTestId("clock")).toBeVisible();
  await playground.keyboard.press("Escape");
  await expect(playground.getByRole("banner")).toBeVisible();
});

test("the layout is tidied in one step, and one undo restores it", async ({ playground }) => {
  const before = await playground.evaluate(() => (window as never as Watched).__breakwater.document());
  await playground.keyboard.press("Shift+A");
  await expect.poll(() => playground.evaluate(() => (window as never as Watched).__breakwater.document())).not.toEqual(before);
  await playground.keyboard.press("Control+z");
  await expect.poll(() => playground.evaluate(() => (window as never as Watched).__breakwater.document())).toEqual(before);
});

test("a link is chosen by a click on its label, as on its line", async ({ playground }) => {
  const label = playground.locator(".plate", { hasText: "fixed" }).first();
  await label.click();
  await expect(playground.locator(".inspector")).toContainText("visitors → front");
});

test("an empty diagram stands until something is placed in it", async ({ playground }) => {
  await playground.getByRole("button", { name: "Examples" }).click();
  await playground.getByRole("menuitem", { name: "New, empty diagram" }).click();
  await expect(playground.locator("[data-node]")).toHaveCount(0);
  await expect(playground.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await expect(playground.getByTestId("clock")).toHaveText("0.000 s");
  await playground.keyboard.press("c");
  await clockPasses(playground, 0);
});

test("a title that is typed over gives the focus back where it was", async ({ playground }) => {
  const title = playground.getByRole("button", { name: "Failover behind a load balancer" });
  await title.focus();
  await playground.keyboard.press("Enter");
  await playground.keyboard.type("Monday");
  await playground.keyboard.press("Enter");
  await expect(playground.getByRole("button", { name: "Monday", exact: true })).toBeFocused();
  await playground.keyboard.press("Enter");
  await playground.keyboard.press("Escape");
  await expect(playground.getByRole("button", { name: "Monday", exact: true })).toBeFocused();
});
