import { readFileSync } from "node:fs";
import type { Topology } from "../src/document/topology.ts";
import { expect, test } from "./playground.ts";

const sameBudget = JSON.parse(readFileSync(new URL("../public/examples/same-budget.json", import.meta.url), "utf8")) as Topology;

test("the isolation matrix is played, its cells can be read, and a row can be watched", async ({ playground: page }) => {
  await page.keyboard.press("8");
  const matrix = page.getByRole("dialog", { name: "Isolation matrix" });
  await expect(matrix.getByRole("columnheader")).toHaveText(["What one does", "Traditional", "Virtual machines", "Containers"]);
  const cells = (row: string) => matrix.getByRole("row", { name: row }).getByRole("cell");
  await expect(cells("Memory Eat the memory")).toHaveText([/✕ goes down, \d+ lost/u, "● feels nothing", "● feels nothing"]);
  await expect(cells("Disk Fill the disk")).toHaveText([/✕ .*can't start again/u, "● feels nothing", /✕ .*can't start again/u]);
  await expect(matrix.getByRole("row")).toHaveCount(1 + 8);

  await matrix.getByRole("button", { name: "Memory Eat the memory" }).click();
  await expect(matrix).toHaveCount(0);
  await expect
    .poll(() => page.evaluate(() => Object.values(window.__breakwater!.document().schedule).map(({ act }) => act)))
    .toContain("eat-memory");
});

test("the comparison measures the document that is open, in all three ways", async ({ open }) => {
  const page = await open(sameBudget);
  await page.getByRole("button", { name: "View" }).click();
  await page.getByRole("menuitem", { name: "Three ways compared" }).click();
  const comparison = page.getByRole("dialog", { name: "Three ways compared" });
  await expect(comparison.getByText("Playing…")).toHaveCount(0);
  const cells = (row: string) =>
    comparison
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name: row, exact: true }) })
      .getByRole("cell");
  await expect(comparison.getByRole("columnheader")).toHaveText([
    "Measured",
    /Traditional\s*bare: 4 cores, 8 GB/u,
    /Virtual machines\s*virtual: 4 cores, 8 GB/u,
    /Containers\s*containers: 4 cores, 8 GB/u,
  ]);
  await expect(cells("Instances that fit")).toHaveText(["30 (3.8 per GB)", "8 (1.0 per GB)", "21 (2.6 per GB)"]);
  await expect(cells("Guest operating systems")).toHaveText(["–", "1.5 GB", "–"]);
  await expect(cells("Start")).toHaveText(["4.50 s", "29.5 s", "232 ms"]);
  await expect(cells("Others that go down with: Crash")).toHaveText(["✕ 1 of 2: shop-2", "● none of 2", "● none of 2"]);
});

test("where the document shows one way, the comparison plays its own, which can be opened", async ({ playground: page }) => {
  await page.keyboard.press("3");
  const comparison = page.getByRole("dialog", { name: "Three ways compared" });
  await expect(comparison.getByText("Playing…")).toHaveCount(0);
  await comparison.getByRole("button", { name: "Open what was played" }).click();
  await expect.poll(() => page.evaluate(() => window.__breakwater!.document().title.en)).toBe(sameBudget.title.en);
});
