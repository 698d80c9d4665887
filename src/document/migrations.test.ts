import { expect, test } from "vitest";
import { declarations as kinds } from "../kinds/declarations.ts";
import { admit } from "./admit.ts";
import { migrate, migrations, newestVersion, type Migration } from "./migrations.ts";
import { sample } from "./testing/sample.ts";

const trail: Migration[] = [
  (document) => ({ ...document, trail: ["1 to 2"] }),
  (document) => ({ ...document, trail: [...(document["trail"] as string[]), "2 to 3"] }),
];

test("an old document goes through every step from its own version on", () => {
  expect(migrate({ version: 1 }, 1, trail)).toEqual({ version: 3, trail: ["1 to 2", "2 to 3"] });
  expect(migrate({ version: 2, trail: [] }, 2, trail)).toEqual({ version: 3, trail: ["2 to 3"] });
  expect(migrate({ version: 3 }, 3, trail)).toEqual({ version: 3 });
});

test("the gate migrates before it looks: a version that called the seed a dice is admitted", () => {
  const steps: Migration[] = [({ dice, ...rest }) => ({ ...rest, seed: dice })];
  const { seed, ...rest } = sample();
  const admission = admit({ ...rest, dice: seed }, kinds, steps);
  expect(admission).toEqual({ ok: true, document: { ...sample(), version: 2 } });
});

test("a version newer than the newest migration is refused by name", () => {
  expect(newestVersion(trail)).toBe(3);
  const admission = admit({ ...sample(), version: 4 }, kinds, trail);
  expect(!admission.ok && admission.errors).toEqual([{ code: "future-version", path: "$.version", values: { version: 4, newest: 3 } }]);
});

test("the first version is the newest for now", () => {
  expect(newestVersion(migrations)).toBe(1);
});
