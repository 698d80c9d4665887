import { describe, expect, test } from "vitest";
import { declarations as kinds } from "../kinds/declarations.ts";
import { admit } from "./admit.ts";
import { badSettings } from "./testing/bad-settings.ts";
import { warn } from "./warn.ts";

/**
 * What becomes of each bad setting. This table says which are refused and which are played, and with what warnings;
 * what the played ones lead to is the engine's to show, in a test that goes through the same `badSettings`.
 */
describe("refused", () => {
  test.each(badSettings.filter((row) => row.refused !== undefined))("$what → $refused", ({ document, refused }) => {
    const admission = admit(document, kinds);
    expect(admission.ok ? [] : admission.errors.map(({ code, path }) => `${code} ${path}`)).toEqual([refused]);
  });
});

describe("played", () => {
  test.each(badSettings.filter((row) => row.refused === undefined))("$what → $warnings", ({ document, warnings }) => {
    const admission = admit(document, kinds);
    if (!admission.ok) throw new Error(JSON.stringify(admission.errors));
    expect(warn(admission.document, kinds).map(({ code, path }) => `${code} ${path}`)).toEqual(warnings);
  });
});
