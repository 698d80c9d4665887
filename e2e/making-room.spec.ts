import type { Page } from "@playwright/test";
import { expect, nodeAt, test } from "./playground.ts";

test.use({ viewport: { width: 1280, height: 720 } });

const drawer = (page: Page) => page.getByRole("region", { name: "Directory" });
const viewOf = (page: Page) => page.locator(".react-flow__viewport").evaluate(({ style }) => style.transform);

/** The cards that lie, if only in part, under what covers the canvas, or outside it. */
const hidden = (page: Page, cover: string, only = ".node") =>
  page.evaluate(
    ([selector, one]) => {
      const stage = document.querySelector(".stage")!.getBoundingClientRect();
      const over = document.querySelector(selector!)?.getBoundingClientRect();
      const isUnder = (box: DOMRect) =>
        over !== undefined && box.right > over.left && box.left < over.right && box.bottom > over.top && box.top < over.bottom;
      const isOutside = (box: DOMRect) =>
        box.left < stage.left || box.right > stage.right || box.top < stage.top || box.bottom > stage.bottom;
      return [...document.querySelectorAll(one!)]
        .map((node) => [node.getAttribute("data-node"), node.getBoundingClientRect()] as const)
        .filter(([, box]) => isUnder(box) || isOutside(box))
        .map(([id]) => id);
    },
    [cover, only],
  );

test("a drawing that is shown whole stays whole beside a drawer, beside a journey, and when they are closed", async ({
  playground: page,
}) => {
  await page.keyboard.press(",");
  await expect(drawer(page)).toBeVisible();
  await expect.poll(() => hidden(page, ".drawer")).toEqual([]);
  await page.keyboard.press(",");
  await page.keyboard.press("Shift+J");
  await expect(page.locator(".journey")).toBeVisible();
  await expect.poll(() => hidden(page, ".journey")).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page.locator(".journey")).toBeHidden();
  // As large as there is room for: it reaches the canvas's height or width but for the air around it.
  const filled = () =>
    page.evaluate(() => {
      const stage = document.querySelector(".stage")!.getBoundingClientRect();
      const boxes = [...document.querySelectorAll(".node")].map((node) => node.getBoundingClientRect());
      const [left, right] = [Math.min(...boxes.map((box) => box.left)), Math.max(...boxes.map((box) => box.right))];
      return (right - left) / stage.width;
    });
  await expect.poll(filled).toBeGreaterThan(0.85);
});

test("a window that was set by hand moves only for what is selected, and only if a drawer would hide it", async ({ playground: page }) => {
  await nodeAt(page, "front").click();
  const stands = async () => {
    const before = await viewOf(page);
    return async () => expect(await viewOf(page)).toBe(before);
  };
  // Dragged up by a third of the canvas, the selected balancer stays in sight beside the drawer, whatever else does not.
  await page.mouse.move(240, 500);
  await page.mouse.wheel(0, 130);
  await expect.poll(() => hidden(page, ".drawer", '[data-node="front"]')).toEqual([]);
  const asBefore = await stands();
  await page.keyboard.press(",");
  await expect(drawer(page)).toBeVisible();
  await expect(page.locator(".drawer table")).toBeVisible();
  await asBefore();
  await page.keyboard.press(",");
  await expect(drawer(page)).toBeHidden();
  await asBefore();
  // What the drawer would hide is brought into sight.
  await nodeAt(page, "registry").click();
  await page.keyboard.press(",");
  await expect(drawer(page)).toBeVisible();
  await expect.poll(() => hidden(page, ".drawer", '[data-node="registry"]')).toEqual([]);
});
