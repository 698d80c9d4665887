import { describe, expect, it } from "vitest";
import { arrows } from "./rules/arrows.ts";
import { clocksAndDice } from "./rules/clocks-and-dice.ts";
import { firstCard } from "./rules/first-card.ts";
import { kindIds } from "./rules/kind-ids.ts";
import { noReminders, noSkippedTests, noSleep } from "./rules/promises.ts";
import { fileSize, functionSize } from "./rules/sizes.ts";
import { unusedExports } from "./rules/unused-exports.ts";
import { parse, type Rule } from "./source.ts";

/** Each rule, a line that breaks it, and one that comes near and does not. */
const cases: readonly [rule: string, Rule, path: string, bad: string, good: string][] = [
  ["arrows: up", arrows, "src/engine/store.ts", `import "../view/kit/badge.ts";`, `import "../base/assert.ts";`],
  ["arrows: kernel", arrows, "src/engine/kernel/queue.ts", `import "../../document/topology.ts";`, `import "./clock.ts";`],
  [
    "arrows: view past the protocol",
    arrows,
    "src/view/shell/app.tsx",
    `import "../../engine/store.ts";`,
    `import "../../runtime/protocol.ts";`,
  ],
  ["arrows: dynamic", arrows, "src/document/admit.ts", `await import("../kinds/registry.ts");`, `await import("./topology.ts");`],
  ["arrows: globs", arrows, "src/view/words/words.ts", `import.meta.glob(["../../kinds/*/words.ts"]);`, `import.meta.glob(["./*.ts"]);`],
  ["arrows: type", arrows, "src/base/heap.ts", `type A = import("../engine/store.ts").Store;`, `type A = import("./order.ts").Order;`],
  ["arrows: between kinds", arrows, "src/kinds/host/kind.ts", `import "../client/kind.ts";`, `import "./declaration.ts";`],
  ["arrows: packages", arrows, "src/engine/store.ts", `import "react";`, `import "xstate";`],
  ["arrows: Node", arrows, "src/document/admit.ts", `import "node:fs";`, `import "zod/mini";`],
  ["clocks", clocksAndDice, "src/engine/store.ts", `const t = Date.now();`, `const t = row.Date;`],
  ["timers", clocksAndDice, "src/engine/store.ts", `globalThis.setTimeout(f);`, `kernel.setTimeout(f);`],
  ["dice", clocksAndDice, "src/kinds/host/kind.ts", `const x = Math.random();`, `const x = Math.sqrt(2);`],
  ["powers", clocksAndDice, "src/engine/store.ts", `const x = a ** 2;`, `const x = 2 ** 32;`],
  ["languages", clocksAndDice, "src/document/admit.ts", `a.localeCompare(b);`, `a.compare(b);`],
  ["kind ids", kindIds(new Set(["host"])), "src/view/canvas/card.tsx", `if (kind === "host") f();`, `f("host-1");`],
  ["kind ids of others", kindIds(new Set(["host", "zone"])), "src/kinds/zone/kind.ts", `f("host");`, `f("zone");`],
  ["file size", fileSize, "src/engine/store.ts", "f();\n".repeat(401), "f();\n".repeat(400)],
  ["function size", functionSize, "src/engine/store.ts", `() => {${"\n".repeat(70)}}`, `() => {${"\n".repeat(69)}}`],
  [
    "scopes",
    functionSize,
    "src/engine/store.ts",
    `() => {f(() => {${"\n".repeat(60)}});${"\n".repeat(60)}}`,
    `() => {const f = () => {${"\n".repeat(60)}};${"\n".repeat(60)}}`,
  ],
  ["suites", functionSize, "src/a.test.ts", `it("x", () => {${"\n".repeat(70)}})`, `describe("x", () => {${"\n".repeat(70)}})`],
  ["reminders", noReminders, "src/engine/store.ts", `// ${"TO" + "DO"}: later`, `// Today: now`],
  ["sleep", noSleep, "src/a.test.ts", `await sleep(5);`, `sleepers.push(5);`],
  ["set aside", noSkippedTests, "src/a.test.ts", `it.skip("x", f);`, `it.each(rows)("x", f);`],
];

describe("each rule tells a breach from its neighbour", () => {
  it.each(cases)("%s", (_, rule, path, bad, good) => {
    expect(rule(parse(path, bad))).toHaveLength(1);
    expect(rule(parse(path, good))).toEqual([]);
  });
});

describe("what the page imports from the start", () => {
  const face = (text: string) => [
    parse("src/app/main.tsx", `import "../kinds/faces.ts";`),
    parse("src/kinds/faces.ts", `import.meta.glob("./*/view.tsx", { eager: true });`),
    parse("src/kinds/image/view.tsx", text),
    parse("src/kinds/image/layers.ts", `import { z } from "zod/mini";`),
  ];

  it.each([
    ["a library", `import uplot from "uplot";`],
    ["a library behind a file of its own", `import { layers } from "./layers.ts";`],
    ["a library that it passes on", `export { z } from "zod/mini";`],
  ])("is told of %s that a kind's face brings, and how it comes", (_, text) => {
    const [complaint, ...others] = firstCard(face(text));
    expect(complaint).toContain("by way of src/app/main.tsx → src/kinds/faces.ts → src/kinds/image/view.tsx");
    expect(others).toEqual([]);
  });

  it.each([
    ["what is there anyway", `import { useState } from "react";`],
    ["a type", `import type { z } from "zod/mini"; export type { Patch } from "immer";`],
    ["what comes later", `const layers = () => import("./layers.ts");`],
  ])("is fine with %s", (_, text) => {
    expect(firstCard(face(text))).toEqual([]);
  });
});

it("an export is unused until something takes it by its name, as a whole, or by a glob", () => {
  const declared = parse(
    "src/base/heap.ts",
    "export const push = 1; export function pop() {} export class Heap {} export const a = 1, b = a;",
  );
  const complaints = (importer: string) => unusedExports([declared, parse("src/engine/a.ts", importer)]).map((text) => text.split(" ")[2]);
  expect(complaints(`import { push as p } from "../base/heap.ts";`)).toEqual(["pop,", "Heap,", "b,"]);
  expect(complaints(`import * as heap from "../base/heap.ts";`)).toEqual([]);
  expect(complaints(`export { pop } from "../base/heap.ts"; await import("./b.ts");`)).toEqual(["push,", "Heap,", "b,"]);
  expect(complaints(`import.meta.glob("../*/heap.ts");`)).toEqual([]);
  expect(complaints(`import.meta.glob("../*/pile.ts");`)).toHaveLength(4);
});
