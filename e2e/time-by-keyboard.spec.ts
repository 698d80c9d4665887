import type { Page } from "@playwright/test";
import { command, focusOf, focusOn, goTo, goToPart, playing, press, pressUntil } from "./keys.ts";
import {
  askOf,
  becomes,
  captionsOf,
  digestOf,
  documentOf,
  expect,
  logTells,
  nowUsOf,
  seekTo,
  statusOf,
  test,
  timeOf,
} from "./playground.ts";
import type { Replay } from "../src/runtime/protocol.ts";

const kill = async (page: Page) => {
  await goTo(page, "web-2");
  await press(page, "k");
  await becomes(page, "web-2", "dead");
};

/** On to what happened next, as often as it takes. */
async function storyTo(page: Page, key: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    const told = (await captionsOf(page)).length;
    if ((await captionsOf(page)).some((caption) => caption.key === key)) return;
    await press(page, "ArrowRight");
    await expect.poll(async () => (await captionsOf(page)).length, { message: "captions after a press of →" }).toBeGreaterThan(told);
  }
  throw new Error(`No caption ${key} came.`);
}

test.describe("time with the keyboard", () => {
  test("Space plays and pauses; . is the next event; → the next thing worth a caption, ← the one before; on a node PgDn and PgUp", async ({
    playground: page,
  }) => {
    await press(page, "Space");
    await expect.poll(async () => (await timeOf(page)).playing).toBe(false);
    const still = await nowUsOf(page);
    await press(page, ".");
    await expect.poll(() => nowUsOf(page)).toBeGreaterThan(still);
    await kill(page);
    const killedAt = await nowUsOf(page);
    await press(page, "ArrowRight");
    await expect.poll(() => nowUsOf(page)).toBeGreaterThan(killedAt);
    const later = await nowUsOf(page);
    await press(page, "ArrowLeft");
    await expect.poll(() => nowUsOf(page)).toBeLessThan(later);
    const back = await nowUsOf(page);
    await focusOn(page, "front");
    await press(page, "PageDown");
    await expect.poll(() => nowUsOf(page)).toBeGreaterThan(back);
    await press(page, "PageUp");
    await expect.poll(() => nowUsOf(page)).toBeLessThan(later);
    expect(await focusOf(page)).toContain("front");
    await press(page, "Space");
    await expect.poll(() => nowUsOf(page)).toBeGreaterThan(later);
  });

  test("the speed goes from 0.001 to 1000 times with > and <, in its panel, and by its name; it is always said", async ({
    playground: page,
  }) => {
    await press(page, "a");
    const chip = page.getByTitle("Speed", { exact: true });
    const asked = async () => (await timeOf(page)).speedAsked;
    for (let presses = 0; presses < 20; presses++) await press(page, "Shift+Period");
    await expect.poll(asked).toBe(1000);
    for (let presses = 0; presses < 20; presses++) await press(page, "Shift+Comma");
    await expect.poll(asked).toBe(0.001);
    await expect(chip).toHaveText("1 s on screen = 1 ms");
    await goToPart(page, ".footer");
    await pressUntil(page, "Tab", "1 s on screen");
    await press(page, "Enter");
    await pressUntil(page, "Tab", /^Speed$/);
    await press(page, "End");
    await expect.poll(asked).toBe(1000);
    await press(page, "Escape");
    await expect(chip).toBeFocused();
    await command(page, "on screen = 100 ms", "1 s on screen = 100 ms");
    await expect.poll(asked).toBe(0.1);
    await expect(chip).toHaveText("1 s on screen = 100 ms");
  });

  test("the director slows for the fault and says so; A switches it off", async ({ playground: page }) => {
    await kill(page);
    await expect.poll(async () => (await timeOf(page)).pace).toBe("slowed");
    const chip = page.getByTitle(/^Slows the clock/);
    await expect(chip).toContainText("slowed for this event");
    await press(page, "a");
    await expect(chip).toHaveAttribute("aria-pressed", "false");
    await expect.poll(async () => (await timeOf(page)).speed).toBe(1);
  });

  test("M marks, B returns: document and run as they were; what was left stays as a branch one can go back to", async ({
    playground: page,
  }) => {
    await playing(page, false);
    await press(page, "m");
    await expect.poll(async () => (await timeOf(page)).markUs).not.toBeNull();
    const [markedUs, digest, document] = [await nowUsOf(page), await digestOf(page), await documentOf(page)];
    await kill(page);
    await press(page, "c");
    await storyTo(page, "target-down");
    const leftUs = await nowUsOf(page);
    await press(page, "b");
    await expect.poll(() => nowUsOf(page)).toBe(markedUs);
    await becomes(page, "web-2", "running");
    expect(await digestOf(page)).toBe(digest);
    expect(await documentOf(page)).toEqual(document);
    expect((await timeOf(page)).branches).toHaveLength(1);
    await goToPart(page, ".footer");
    await pressUntil(page, "Tab", "Run it again");
    await press(page, "Enter");
    await pressUntil(page, "ArrowDown", /^1: from/);
    await press(page, "Enter");
    await becomes(page, "web-2", "dead");
    await expect.poll(() => nowUsOf(page)).toBe(leftUs);
    expect(await focusOf(page)).toBe("Run it again");
  });

  test("0 replays with my actions, Shift 0 without them; by its name with a new seed, or from a cold start", async ({
    playground: page,
  }) => {
    await playing(page, false);
    await kill(page);
    await storyTo(page, "target-down");
    const [atUs, digest] = [await nowUsOf(page), await digestOf(page)];
    const again = async (replay: () => Promise<void>) => {
      await replay();
      await expect.poll(() => nowUsOf(page)).toBeLessThan(atUs);
      await seekTo(page, atUs);
    };
    await again(() => press(page, "0"));
    expect(await digestOf(page)).toBe(digest);
    await again(() => press(page, "Shift+Digit0"));
    expect((await statusOf(page, "web-2")).state).toBe("running");
    await again(() => command(page, "new seed", "Replay with a new seed"));
    expect((await askOf<Replay>(page, { about: "inputs" })).seed).not.toBe((await documentOf(page)).seed);
    expect(await digestOf(page)).not.toBe(digest);
    await command(page, "cold start", "Reset to a cold start");
    await playing(page, true);
    await logTells(
      page,
      ["booting host-a", "pulling web-1 images", "up web-1", "registered registry web-1", "target-up front web-1"],
      90_000,
    );
  });

  test("the timeline goes to any second; rewound to before the last act, it has not happened", async ({ playground: page }) => {
    await playing(page, false);
    await kill(page);
    await storyTo(page, "target-down");
    const reachedUs = (await timeOf(page)).reachedUs;
    await goToPart(page, ".footer");
    await pressUntil(page, "Tab", "Timeline");
    await press(page, "Home");
    await expect.poll(() => nowUsOf(page)).toBe(0);
    await becomes(page, "web-2", "running");
    await press(page, "ArrowRight", "ArrowRight");
    await expect.poll(() => nowUsOf(page)).toBe(2_000_000);
    await press(page, "End");
    await expect.poll(() => nowUsOf(page)).toBe(reachedUs);
    await becomes(page, "web-2", "dead");
    await press(page, "Shift+B");
    await becomes(page, "web-2", "running");
    const rewoundUs = await nowUsOf(page);
    await press(page, "PageUp");
    await expect.poll(() => nowUsOf(page)).toBe(rewoundUs + 10_000_000);
    expect((await statusOf(page, "web-2")).state).toBe("running");
  });

  test("a kill is scheduled, is part of the document, and happens at its time in every run", async ({ playground: page }) => {
    await playing(page, false);
    await goTo(page, "web-2");
    await press(page, "q");
    await goToPart(page, ".drawer");
    await pressUntil(page, "Tab", "+ Add");
    await press(page, "Enter");
    await pressUntil(page, "Shift+Tab", "At, in seconds");
    await press(page, "Control+a", "1", "0", "Enter");
    const schedule = async () => Object.values((await documentOf(page)).schedule);
    await expect.poll(schedule).toMatchObject([{ act: "kill", target: "web-2", atMs: 10_000 }]);
    await press(page, "Tab");
    await page.keyboard.type("Ha");
    await expect.poll(schedule).toMatchObject([{ act: "hang" }]);
    await goToPart(page, ".canvas");
    await press(page, "Control+z");
    await expect.poll(schedule).toMatchObject([{ act: "kill" }]);
    for (const key of ["0", "Shift+Digit0"]) {
      await press(page, key);
      await expect.poll(() => nowUsOf(page)).toBeLessThan(10_000_000);
      await playing(page, false);
      await press(page, "PageDown");
      await becomes(page, "web-2", "dead");
      expect((await statusOf(page, "web-2")).sinceUs).toBe(10_000_000);
    }
  });
});
