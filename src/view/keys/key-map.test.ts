import { describe, expect, it } from "vitest";
import { declarations } from "../../kinds/declarations.ts";
import { actKeys, keyMap, keyOfAct, keyText } from "./key-map.ts";

/** Keys that the canvas takes for itself (`canvas/keyboard.ts`). */
const canvasKeys = ["+", "=", "-", "_", "1"];
const kinds = [...declarations.values()];

describe("the keys", () => {
  it("do one thing each", () => {
    const all = [...Object.values(keyMap), ...actKeys.map(({ key }) => key), ...kinds.map((kind) => kind.palette.key), ...canvasKeys];
    const taken = all.map((key) => key.toLowerCase());
    expect(taken.filter((key, index) => taken.indexOf(key) !== index)).toEqual([]);
  });

  it.each(kinds)("reach every act of $id", ({ acts }) => {
    expect(acts.filter((act) => keyOfAct(act) === null)).toEqual([]);
  });

  it.each([
    ["$mod+Shift+z", "Ctrl Shift Z"],
    ["ArrowRight", "→"],
    ["k", "K"],
    ["Shift+?", "?"],
    ["\\", "\\"],
  ])("%s is written %s", (key, written) => expect(keyText(key)).toBe(written));
});
