import type { Page } from "@playwright/test";
import { hangsUntilItIsBack, pausingStopsTheSending } from "./both-hands.ts";
import { command, focusOf, focusOn, goAt, goTo, goToField, goToPart, goToTab, pick, playing, press, pressUntil, typeInto } from "./keys.ts";
import {
  becomes,
  captionTold,
  countersOf,
  expect,
  field,
  inspector,
  logTells,
  nodeAt,
  nothingIsLost,
  oneDot,
  selectionOf,
  sketch,
  statusOf,
  test,
  twoHosts,
  storyOfDeath,
  storyOfReturn,
} from "./playground.ts";

const journeyOf = (page: Page, number: number) => page.getByRole("region", { name: `caller, request ${number}` });

test.describe("playing with the keyboard", () => {
  test("one request, sent by hand: its journey is opened while it is on its way, and goes on to its end", async ({ open }) => {
    const page = await open(oneDot);
    await focusOn(page, "caller");
    await playing(page, false);
    await press(page, "e");
    await expect.poll(async () => (await countersOf(page)).inFlight).toBe(1);
    await press(page, "Shift+J");
    await expect(journeyOf(page, 1)).toContainText("in flight");
    await expect(journeyOf(page, 1)).toContainText("caller issued request 1");
    await expect(journeyOf(page, 1)).toBeFocused();
    await playing(page, true);
    await goAt(page, 10);
    await expect(journeyOf(page, 1)).toContainText("served · 9");
    await expect(journeyOf(page, 1).getByRole("listitem").filter({ hasText: "store began to work on it" })).toContainText("1.00 s");
    expect(await countersOf(page)).toMatchObject({ issued: 1, served: 1, inFlight: 0 });
    await press(page, "Escape");
    await expect(journeyOf(page, 1)).toHaveCount(0);
    await expect(nodeAt(page, "caller")).toBeFocused();
  });

  test("from one journey to those before and after it", async ({ open }) => {
    const page = await open({ ...oneDot, title: { en: "Three" } });
    await focusOn(page, "caller");
    await press(page, "e", "e", "e");
    await expect.poll(async () => (await countersOf(page)).issued).toBe(3);
    await press(page, "Shift+J");
    await expect(journeyOf(page, 3)).toBeFocused();
    await pressUntil(page, "Tab", "The request before it");
    await press(page, "Enter", "Enter");
    await expect(journeyOf(page, 1)).toContainText("caller issued request 1");
    await expect(journeyOf(page, 1).locator(":focus")).toHaveCount(1);
  });

  test("a client sends evenly spaced, at random, or by hand", async ({ open }) => {
    const page = await open(twoHosts);
    await playing(page, false);
    await goTo(page, "caller");
    await goToTab(page, "Settings");
    await goToField(page, "Requests arrive");
    await pick(page, "evenly spaced");
    await typeInto(page, "Rate", "5");
    await goToPart(page, ".canvas");
    await playing(page, true);
    await goAt(page, 10);
    await expect.poll(async () => (await countersOf(page)).ratePerSecond).toBeCloseTo(5, 0);
    await goToField(page, "Requests arrive");
    await pick(page, "by hand");
    await expect(field(page, "Rate")).toHaveCount(0);
    await becomes(page, "caller", "by-hand");
    await expect.poll(async () => (await countersOf(page)).inFlight).toBe(0);
    const { issued, served } = await countersOf(page);
    await goToPart(page, ".canvas");
    await press(page, "e");
    await expect.poll(async () => (await countersOf(page)).issued).toBe(issued + 1);
    await expect.poll(async () => (await countersOf(page)).served).toBe(served + 1);
  });

  test("what fails says why: from the log's line to the journey, and back to the kill", async ({ open }) => {
    const page = await open({ ...oneDot, title: { en: "A failing one" } });
    await goAt(page, 10);
    await focusOn(page, "store");
    await press(page, "k");
    await becomes(page, "store", "dead");
    await focusOn(page, "caller");
    await press(page, "e");
    await expect.poll(async () => (await countersOf(page)).failed).toBe(1);
    await goToTab(page, "Log");
    await pressUntil(page, "Tab", "Event log");
    await pressUntil(page, "ArrowDown", /request 1 of caller failed/);
    await press(page, "Enter");
    await expect(journeyOf(page, 1)).toContainText("Why, back to the cause");
    await expect(journeyOf(page, 1)).toContainText("you did “Kill” to store");
    await expect(journeyOf(page, 1)).toBeFocused();
    await pressUntil(page, "Tab", /you did “Kill” to store/);
    await press(page, "Enter");
    expect(await selectionOf(page)).toEqual(["store"]);
    await press(page, "Escape");
    await expect(journeyOf(page, 1)).toHaveCount(0);
    expect(await focusOf(page), "where the focus went").not.toBeNull();
  });

  test("pausing stops the sending, not the clock", async ({ open }) => {
    const page = await open(twoHosts);
    await focusOn(page, "caller");
    const pauseOrResume = () => press(page, "p");
    await pausingStopsTheSending(page, pauseOrResume, pauseOrResume);
  });
});

test.describe("breaking with the keyboard", () => {
  test.beforeEach(async ({ playground: page }) => {
    await goAt(page, 10);
  });

  test("K on what has the focus kills it: requests fail, checks are missed one by one, DOWN, the lease expires", async ({
    playground: page,
  }) => {
    await goToPart(page, ".canvas");
    await pressUntil(page, "ArrowRight", /Container web-/);
    const name = /web-\d/.exec((await focusOf(page))!)![0];
    expect(await selectionOf(page)).toEqual([]);
    await press(page, "k");
    expect(await selectionOf(page)).toEqual([name]);
    await becomes(page, name, "dead");
    await logTells(page, storyOfDeath(name));
    await nothingIsLost(page);
  });

  test("G hangs it until U; W slows it until U; T stops it gracefully and loses nothing", async ({ playground: page }) => {
    await focusOn(page, "web-2");
    await hangsUntilItIsBack(
      page,
      () => press(page, "g"),
      () => press(page, "u"),
    );
    await press(page, "w");
    await becomes(page, "web-2", "slowed");
    await captionTold(page, "fault.slow");
    await press(page, "u");
    await becomes(page, "web-2", "running");
    const lost = async () => (await countersOf(page)).failed + (await countersOf(page)).timedOut;
    const before = await lost();
    await press(page, "t");
    await logTells(page, ["act stop web-2", "withdrawn registry web-2", "target-removed front web-2"]);
    await becomes(page, "web-2", "exited");
    expect(await lost()).toBe(before);
    await nothingIsLost(page);
  });

  test("what can't be done now says so", async ({ playground: page }) => {
    await focusOn(page, "registry");
    await press(page, "g");
    await expect(page.locator("[data-sonner-toast]")).toContainText("That cannot be done to it now.");
    await press(page, "Escape");
    await goToPart(page, ".header");
    await press(page, "k");
    await expect(page.locator("[data-sonner-toast]").filter({ hasText: "Select something first." })).toBeVisible();
  });

  test("the plug pulled on a host takes what stands in it; powered on with R, it boots", async ({ playground: page }) => {
    await focusOn(page, "host-a");
    await press(page, "k");
    await logTells(page, ["act unplug host-a", "power-lost host-a"]);
    for (const id of ["web-1", "web-2"]) await expect.poll(async () => (await statusOf(page, id)).tone).toBe("dead");
    await press(page, "r");
    await logTells(page, ["power-lost host-a", "booting host-a", "up host-a"]);
    await nothingIsLost(page);
  });

  test("the plug pulled on a VM, its link cut and mended", async ({ open }) => {
    const page = await open(
      sketch(
        "In a VM, by key",
        [
          ["caller", "client", 0, 60],
          ["host-1", "host", 240, 0],
          ["vm-1", "virtual-machine", 12, 36, {}, "host-1"],
          ["app", "container", 12, 36, {}, "vm-1"],
        ],
        [["caller", "call", "app", { finds: "dns", dnsTtlMs: 1000 }]],
      ),
    );
    await focusOn(page, "caller");
    await press(page, "x", "Enter", "k");
    await captionTold(page, "fault.cut");
    await press(page, "r");
    await logTells(page, ["cut caller app", "mended caller app"]);
    await goTo(page, "vm-1");
    await press(page, "k");
    await logTells(page, ["act unplug vm-1", "power-lost vm-1"]);
    await expect.poll(async () => (await statusOf(page, "app")).tone).toBe("dead");
    await nothingIsLost(page);
  });
});

test.describe("recreating with the keyboard", () => {
  test("R: a new id and a new address; it registers, passes its checks and gets traffic there", async ({ playground: page }) => {
    await goAt(page, 10);
    await focusOn(page, "web-2");
    const before = await statusOf(page, "web-2");
    await press(page, "k");
    await logTells(page, ["target-down front web-2"]);
    await press(page, "r");
    await logTells(page, storyOfReturn("web-2"));
    const after = await statusOf(page, "web-2");
    expect(after.incarnation).toBe(before.incarnation + 1);
    expect(after.address).not.toBe(before.address);
    await expect(nodeAt(page, "web-2")).toContainText(after.address!);
    await nothingIsLost(page);
  });

  test("an image that the host lacks is pulled first", async ({ playground: page }) => {
    await goAt(page, 10);
    await goTo(page, "web-2");
    await command(page, "image", "Image");
    await expect(inspector(page).getByRole("textbox", { name: "Image", exact: true })).toBeFocused();
    await press(page, "Control+a");
    await page.keyboard.type("shop/web:2.0");
    await press(page, "Enter");
    await goToPart(page, ".canvas");
    await press(page, "r");
    await logTells(page, ["act recreate web-2", "pulling web-2 images", "pulled web-2", "starting web-2", "up web-2"]);
  });

  test("a consumer with a stale address fails, visibly; asked by DNS or told by a registry it doesn't", async ({ playground: page }) => {
    await command(page, "a fixed address", "A fixed address goes stale");
    await expect(nodeAt(page, "by-address")).toBeVisible();
    await goAt(page, 10);
    await logTells(page, ["act stop orders", "act recreate orders", "stale by-address orders", "resolved by-dns orders"], 90_000);
    const failures = (id: string) =>
      page.evaluate(
        (client) => window.__breakwater.log().filter(({ what, who, atUs }) => what === "failed" && who === client && atUs > 25e6).length,
        id,
      );
    await expect.poll(() => failures("by-address")).toBeGreaterThan(0);
    expect([await failures("by-dns"), await failures("by-registry")]).toEqual([0, 0]);
  });
});
