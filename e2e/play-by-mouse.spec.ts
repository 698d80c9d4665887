import type { Page } from "@playwright/test";
import { hangsUntilItIsBack, pausingStopsTheSending } from "./both-hands.ts";
import { sendAndClickDot } from "./dots.ts";
import {
  act,
  becomes,
  boxOf,
  captionTold,
  choose,
  chooseFromMenu,
  countersOf,
  expect,
  field,
  gripOf,
  inspector,
  logTells,
  nodeAt,
  nothingIsLost,
  nowUsOf,
  oneDot,
  openTab,
  partBecomes,
  setPlaying,
  setSpeed,
  sketch,
  statusOf,
  test,
  twoHosts,
  type,
  storyOfDeath,
  storyOfReturn,
} from "./playground.ts";

const served = async (page: Page) => (await countersOf(page)).served;

test.describe("playing with the mouse", () => {
  test("one request, sent by hand, is a dot on its way; a click near it opens its journey, which goes on to its end", async ({ open }) => {
    const page = await open(oneDot);
    await sendAndClickDot(page);
    const journey = page.getByRole("region", { name: "caller, request 1" });
    await expect(journey).toContainText("in flight");
    await expect(journey).toContainText("caller issued request 1");
    await setSpeed(page, 10);
    await expect(journey).toContainText("served · 9");
    await expect(journey.getByRole("listitem").filter({ hasText: "store began to work on it" })).toContainText("1.00 s");
    expect(await countersOf(page)).toMatchObject({ issued: 1, served: 1, inFlight: 0 });
  });

  test("a client sends evenly spaced, at random, or by hand", async ({ open }) => {
    const page = await open(twoHosts);
    await setPlaying(page, false);
    await choose(page, "caller");
    await openTab(page, "Settings");
    await inspector(page).getByLabel("Requests arrive").selectOption("constant");
    await type(page, "Rate", "5");
    await setPlaying(page, true);
    await setSpeed(page, 10);
    await expect.poll(async () => (await countersOf(page)).ratePerSecond).toBeCloseTo(5, 0);
    await inspector(page).getByLabel("Requests arrive").selectOption("by-hand");
    await expect(field(page, "Rate")).toHaveCount(0);
    await becomes(page, "caller", "by-hand");
    await expect.poll(async () => (await countersOf(page)).inFlight).toBe(0);
    const { issued } = await countersOf(page);
    await act(page, "Send one request");
    await expect.poll(served.bind(null, page)).toBe(issued + 1);
  });

  test("what fails says why: the journey of a failed request leads back to the kill", async ({ open }) => {
    const page = await open({ ...oneDot, title: { en: "A failing one" } });
    await setSpeed(page, 10);
    await choose(page, "store");
    await act(page, "Kill");
    await choose(page, "caller");
    await act(page, "Send one request");
    await expect.poll(async () => (await countersOf(page)).failed).toBe(1);
    await openTab(page, "Log");
    await inspector(page)
      .getByRole("button", { name: /request 1 of caller failed/ })
      .click();
    const journey = page.getByRole("region", { name: "caller, request 1" });
    await expect(journey).toContainText("failed");
    await expect(journey).toContainText("Why, back to the cause");
    await expect(journey).toContainText("you did “Kill” to store");
  });

  test("pausing stops the sending, not the clock", async ({ open }) => {
    const page = await open(twoHosts);
    await choose(page, "caller");
    await pausingStopsTheSending(
      page,
      () => act(page, "Pause sending"),
      () => act(page, "Resume sending"),
    );
  });
});

test.describe("breaking with the mouse", () => {
  test("killed: requests fail, three checks are missed one by one, the target goes DOWN and gets nothing more, the lease expires", async ({
    playground: page,
  }) => {
    await setSpeed(page, 10);
    await choose(page, "web-2");
    await act(page, "Kill");
    await becomes(page, "web-2", "dead");
    await logTells(page, storyOfDeath("web-2"));
    const afterDown = await page.evaluate(() => {
      const log = window.__breakwater.log();
      const downUs = log.find(({ what }) => what === "target-down")!.atUs;
      // What had been sent by then is still refused, half a millisecond there and as long back.
      return log.filter(({ what, whom, atUs }) => what === "refused" && whom === "web-2" && atUs > downUs + 2000).length;
    });
    expect(afterDown, "requests sent to a target that is DOWN").toBe(0);
    await openTab(page, "Life");
    await expect(inspector(page)).toContainText("Detection, predicted");
    await expect(inspector(page)).toContainText("Detection, measured");
    await nothingIsLost(page);
  });

  test("hung: it takes connections and answers nothing, until it is back to normal", async ({ playground: page }) => {
    await setSpeed(page, 10);
    await hangsUntilItIsBack(
      page,
      async () => chooseFromMenu(page, await gripOf(page, "web-2"), "Hang"),
      async () => chooseFromMenu(page, await gripOf(page, "web-2"), "Back to normal"),
    );
    await nothingIsLost(page);
  });

  test("slow: its answers take four times as long, and it says so", async ({ playground: page }) => {
    await setSpeed(page, 10);
    await chooseFromMenu(page, await gripOf(page, "web-2"), "Slow down");
    await becomes(page, "web-2", "slowed");
    await captionTold(page, "fault.slow");
    await expect(page.locator(".caption-bar")).toContainText("web-2 works 4 times slower");
    await chooseFromMenu(page, await gripOf(page, "web-2"), "Back to normal");
    await becomes(page, "web-2", "running");
  });

  test("stopped gracefully: it withdraws, finishes what it has, and not one request is lost", async ({ playground: page }) => {
    await setSpeed(page, 10);
    await chooseFromMenu(page, await gripOf(page, "web-2"), "Stop gracefully");
    await logTells(page, ["act stop web-2", "withdrawn registry web-2", "target-removed front web-2"]);
    await becomes(page, "web-2", "exited");
    const { failed, timedOut } = await countersOf(page);
    expect({ failed, timedOut }).toEqual({ failed: 0, timedOut: 0 });
  });

  test("the plug pulled on a host takes what stands in it; powered on, it boots", async ({ playground: page }) => {
    await setSpeed(page, 10);
    await choose(page, "host-a");
    await act(page, "Pull the plug");
    await logTells(page, ["act unplug host-a", "power-lost host-a"]);
    for (const id of ["web-1", "web-2"]) await expect.poll(async () => (await statusOf(page, id)).tone).toBe("dead");
    await partBecomes(page, "front", "web-3", "up");
    await act(page, "Power on");
    await logTells(page, ["power-lost host-a", "booting host-a", "up host-a"]);
    await nothingIsLost(page);
  });

  test("the plug pulled on a VM, its link cut and mended", async ({ open }) => {
    const page = await open(
      sketch(
        "In a VM",
        [
          ["caller", "client", 0, 60],
          ["host-1", "host", 240, 0],
          ["vm-1", "virtual-machine", 12, 36, {}, "host-1"],
          ["app", "container", 12, 36, {}, "vm-1"],
        ],
        [["caller", "call", "app", { finds: "dns", dnsTtlMs: 1000 }]],
      ),
    );
    await setSpeed(page, 10);
    const [from, to] = [await boxOf(nodeAt(page, "caller")), await boxOf(nodeAt(page, "host-1"))];
    const onWire = { x: (from.x + from.width + to.x) / 2 - 20, y: from.y + from.height / 2 };
    await chooseFromMenu(page, onWire, "Cut the link");
    await captionTold(page, "fault.cut");
    await chooseFromMenu(page, onWire, "Mend the link");
    await logTells(page, ["cut caller app", "mended caller app"]);
    await choose(page, "vm-1");
    await act(page, "Pull the plug");
    await logTells(page, ["act unplug vm-1", "power-lost vm-1"]);
    await expect.poll(async () => (await statusOf(page, "app")).tone).toBe("dead");
    await nothingIsLost(page);
  });
});

test.describe("recreating with the mouse", () => {
  test("a new id and a new address; it registers, passes its checks and gets traffic there, never at the old one", async ({
    playground: page,
  }) => {
    await setSpeed(page, 10);
    await choose(page, "web-2");
    const before = await statusOf(page, "web-2");
    await act(page, "Kill");
    await logTells(page, ["target-down front web-2"]);
    await act(page, "Recreate");
    await logTells(page, storyOfReturn("web-2"));
    const after = await statusOf(page, "web-2");
    expect(after.incarnation).toBe(before.incarnation + 1);
    expect(after.address).not.toBe(before.address);
    await expect(nodeAt(page, "web-2")).toContainText(after.address!);
    const parts = (await statusOf(page, "front")).parts.filter(({ node }) => node === "web-2");
    expect(parts.find(({ incarnation }) => incarnation === after.incarnation)?.address).toBe(after.address);
    await nothingIsLost(page);
  });

  test("an image that the host lacks is pulled first, layer by layer", async ({ playground: page }) => {
    await setSpeed(page, 10);
    await choose(page, "web-2");
    await openTab(page, "Settings");
    await type(page, "Image", "shop/web:2.0");
    await act(page, "Recreate");
    await logTells(page, ["act recreate web-2", "pulling web-2 images", "pulled web-2", "starting web-2", "up web-2"]);
  });

  test("a consumer with a stale address fails, visibly; asked by DNS or told by a registry it doesn't", async ({ playground: page }) => {
    await page.getByRole("button", { name: "Examples" }).click();
    await page.getByRole("menuitem", { name: "A fixed address goes stale" }).click();
    await expect(nodeAt(page, "by-address")).toBeVisible();
    await setSpeed(page, 10);
    await logTells(page, ["act stop orders", "act recreate orders", "stale by-address orders", "resolved by-dns orders"], 60_000);
    const failedOf = (id: string) =>
      page.evaluate(
        (client) => window.__breakwater.log().filter(({ what, who, atUs }) => what === "failed" && who === client && atUs > 25e6).length,
        id,
      );
    await expect.poll(() => nowUsOf(page)).toBeGreaterThan(27e6);
    expect(await failedOf("by-address")).toBeGreaterThan(0);
    expect(await failedOf("by-dns")).toBe(0);
    expect(await failedOf("by-registry")).toBe(0);
  });
});
