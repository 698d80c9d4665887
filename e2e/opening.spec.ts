import { clock, expect, test } from "./playground.ts";

test("the page opens on a running example, and its clock moves within five seconds", async ({ playground }) => {
  await expect(playground).toHaveTitle(/Breakwater/);
  await expect(playground.getByTestId("clock")).toBeVisible({ timeout: 5000 });
  const start = await clock(playground);
  await expect.poll(() => clock(playground), { timeout: 5000 }).toBeGreaterThan(start);
});
