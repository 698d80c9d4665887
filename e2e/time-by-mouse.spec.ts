import type { Page } from "@playwright/test";
import {
  act,
  askOf,
  becomes,
  boxOf,
  captionsOf,
  choose,
  clockPasses,
  countersOf,
  digestOf,
  documentOf,
  expect,
  logTells,
  nowUsOf,
  seekTo,
  setPlaying,
  setSpeed,
  statusOf,
  test,
  timeOf,
} from "./playground.ts";
import type { Replay } from "../src/runtime/protocol.ts";

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });

async function runAgain(page: Page, entry: string): Promise<void> {
  await page.getByRole("button", { name: "Run it again" }).click();
  await page.getByRole("menuitem", { name: entry }).click();
}

test.describe("time with the mouse", () => {
  test("play and pause; the next event; the next thing worth a caption, and the one before", async ({ playground: page }) => {
    await setPlaying(page, false);
    const still = await nowUsOf(page);
    expect((await timeOf(page)).playing).toBe(false);
    await button(page, "Next event of the engine").click();
    await expect.poll(() => nowUsOf(page)).toBeGreaterThan(still);
    await choose(page, "web-2");
    await act(page, "Kill");
    await expect.poll(async () => (await captionsOf(page)).map(({ key }) => key)).toEqual(["fault.kill"]);
    const killedAt = await nowUsOf(page);
    await button(page, "On to what happened next").click();
    await expect.poll(async () => (await captionsOf(page)).length).toBeGreaterThan(1);
    const later = await nowUsOf(page);
    expect(later).toBeGreaterThan(killedAt);
    await button(page, "Back to what happened before").click();
    await expect.poll(() => nowUsOf(page)).toBeLessThan(later);
    await setPlaying(page, true);
    await clockPasses(page, later / 1e6);
  });

  test("the speed goes from 0.001 to 1000 times, and is always said", async ({ playground: page }) => {
    await setSpeed(page, 100);
    const chip = page.getByTitle("Speed", { exact: true });
    await expect(chip).toHaveText("1 s on screen = 100 s");
    await chip.click();
    const panel = page.getByRole("dialog", { name: "Speed" });
    for (let clicks = 0; clicks < 3; clicks++) await panel.getByRole("button", { name: "Faster" }).click();
    await expect.poll(async () => (await timeOf(page)).speedAsked).toBe(1000);
    const slider = await boxOf(panel.getByRole("slider"));
    await page.mouse.click(slider.x + 3, slider.y + slider.height / 2);
    await expect.poll(async () => (await timeOf(page)).speedAsked).toBe(0.001);
    await expect(chip).toHaveText("1 s on screen = 1 ms");
  });

  test("the director slows for the fault and says so; one click switches it off", async ({ playground: page }) => {
    await choose(page, "web-2");
    await act(page, "Kill");
    await expect.poll(async () => (await timeOf(page)).pace).toBe("slowed");
    const chip = page.getByTitle(/^Slows the clock/);
    await expect(chip).toContainText("slowed for this event");
    await chip.click();
    await expect(chip).toHaveAttribute("aria-pressed", "false");
    await expect.poll(async () => (await timeOf(page)).speed).toBe(1);
  });

  test("replayed with my actions it is the same run; without them it is not; with a new seed other luck", async ({ playground: page }) => {
    await choose(page, "web-2");
    await act(page, "Kill");
    await setSpeed(page, 10);
    await logTells(page, ["target-down front web-2"]);
    await setPlaying(page, false);
    const [atUs, digest] = [await nowUsOf(page), await digestOf(page)];
    await runAgain(page, "Reset and replay my actions");
    await expect.poll(() => nowUsOf(page)).toBe(0);
    await seekTo(page, atUs);
    expect(await digestOf(page)).toBe(digest);
    expect((await statusOf(page, "web-2")).state).toBe("dead");
    await runAgain(page, "Reset without them");
    await expect.poll(() => nowUsOf(page)).toBe(0);
    await seekTo(page, atUs);
    expect((await statusOf(page, "web-2")).state).toBe("running");
    await runAgain(page, "Replay with a new seed");
    await expect.poll(async () => (await askOf<Replay>(page, { about: "inputs" })).seed).not.toBe((await documentOf(page)).seed);
    await expect.poll(() => nowUsOf(page)).toBe(0);
    await seekTo(page, atUs);
    expect(await digestOf(page)).not.toBe(digest);
  });

  test("a cold start is one click away: everything is pulled, started and registered first", async ({ playground: page }) => {
    await setSpeed(page, 100);
    await runAgain(page, "Reset to a cold start");
    await logTells(
      page,
      ["booting host-a", "pulling web-1 images", "up web-1", "registered registry web-1", "target-up front web-1"],
      60_000,
    );
    await expect.poll(async () => (await countersOf(page)).served).toBeGreaterThan(0);
  });

  test("mark, break, return: document and run as they were; what was left stays as a branch one can go back to", async ({
    playground: page,
  }) => {
    await setPlaying(page, false);
    await button(page, "Mark this instant").click();
    const [markedUs, digest] = [await nowUsOf(page), await digestOf(page)];
    await expect.poll(async () => (await timeOf(page)).markUs).toBe(markedUs);
    await choose(page, "web-2");
    await act(page, "Kill");
    await storyTo(page, "target-down");
    const leftUs = await nowUsOf(page);
    await button(page, "Return to the mark").click();
    await expect.poll(() => nowUsOf(page)).toBe(markedUs);
    await becomes(page, "web-2", "running");
    expect(await digestOf(page)).toBe(digest);
    expect((await timeOf(page)).branches).toHaveLength(1);
    await page.getByRole("button", { name: "Run it again" }).click();
    await page.getByRole("menuitem", { name: /^1: from/ }).click();
    await becomes(page, "web-2", "dead");
    await expect.poll(() => nowUsOf(page)).toBe(leftUs);
  });

  test("any instant is one click on the timeline away; rewound to before the last act, it has not happened", async ({
    playground: page,
  }) => {
    await setPlaying(page, false);
    await seekTo(page, 8_000_000);
    await choose(page, "web-2");
    await act(page, "Kill");
    await storyTo(page, "target-down");
    const { reachedUs } = await timeOf(page);
    const line = await boxOf(page.getByRole("slider", { name: "Timeline" }));
    await page.mouse.click(line.x + line.width * 0.02, line.y + line.height / 2);
    await expect.poll(() => nowUsOf(page)).toBeLessThan(8_000_000);
    await becomes(page, "web-2", "running");
    await seekTo(page, reachedUs);
    await becomes(page, "web-2", "dead");
    await runAgain(page, "Rewind to before the last act");
    await becomes(page, "web-2", "running");
    await expect.poll(() => nowUsOf(page)).toBeLessThanOrEqual(8_000_000);
    await seekTo(page, 13_000_000);
    expect((await statusOf(page, "web-2")).state).toBe("running");
  });

  test("a scheduled kill is part of the document and happens at its time in every run", async ({ playground: page }) => {
    await setPlaying(page, false);
    await choose(page, "web-2");
    await page.getByRole("button", { name: "View", exact: true }).click();
    await page.getByRole("menuitemcheckbox", { name: "Schedule" }).click();
    await page.getByRole("button", { name: "+ Add" }).click();
    await page.getByLabel("At, in seconds").fill("10");
    await page.getByLabel("At, in seconds").blur();
    await expect
      .poll(async () => Object.values((await documentOf(page)).schedule))
      .toMatchObject([{ act: "kill", target: "web-2", atMs: 10_000 }]);
    await expect(page.getByRole("list", { name: "Schedule" }).getByTitle("10.000 s · Kill web-2")).toBeVisible();
    for (const entry of ["Reset and replay my actions", "Reset without them"]) {
      await runAgain(page, entry);
      await expect.poll(() => nowUsOf(page)).toBeLessThan(10_000_000);
      await seekTo(page, 9_999_999);
      expect((await statusOf(page, "web-2")).state).toBe("running");
      await seekTo(page, 10_001_000);
      await becomes(page, "web-2", "dead");
      expect((await statusOf(page, "web-2")).sinceUs).toBe(10_000_000);
    }
  });
});

/** On to what happened next, as often as it takes until this is told. */
async function storyTo(page: Page, key: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    const told = await captionsOf(page);
    if (told.some((caption) => caption.key === key)) return;
    await button(page, "On to what happened next").click();
    await expect.poll(async () => (await captionsOf(page)).length, { message: "captions after a press" }).toBeGreaterThan(told.length);
  }
  throw new Error(`No caption ${key} came.`);
}
