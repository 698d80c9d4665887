import { expect, test } from "vitest";
import { itemThatBegins } from "./menu-walk.ts";

const items = ["front-1", "web-1", "web-2", "web-10", "Remove"];

test.each([
  // A letter leads to the next that begins so, and again to the one after it, round and round.
  [0, "w", 1],
  [1, "w", 2],
  [1, "ww", 2],
  [3, "www", 1],
  [4, "f", 0],
  [-1, "f", 0],
  // More letters mean the first that begins so, wherever the first of them led to.
  [2, "we", 1],
  [2, "web-1", 1],
  [1, "web-2", 2],
  [1, "web-10", 3],
  [0, "re", 4],
  [2, "x", -1],
  [2, "web-3", -1],
])("from %i, “%s” leads to %i", (at, text, to) => expect(itemThatBegins(items, at, text)).toBe(to));
