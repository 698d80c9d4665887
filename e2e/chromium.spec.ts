import { chromium, expect, test } from "@playwright/test";
import { findChromium } from "./chromium.ts";

const where =
  (...programs: string[]) =>
  (path: string) =>
    programs.includes(path);
const own = chromium.executablePath();

test("a browser is found in this order: named, Playwright's own, on the PATH", () => {
  const everywhere = where("/a/chrome", "/b/chrome", own, "/bin/chromium", "/bin/google-chrome");
  const path = { PATH: "/sbin:/bin" };
  expect(findChromium({ ...path, CHROMIUM_PATH: "/a/chrome", CHROME_PATH: "/b/chrome" }, everywhere)).toBe("/a/chrome");
  expect(findChromium({ ...path, CHROME_PATH: "/b/chrome" }, everywhere)).toBe("/b/chrome");
  expect(findChromium(path, everywhere)).toBe(own);
  expect(findChromium(path, where("/bin/chromium", "/bin/google-chrome"))).toBe("/bin/chromium");
});

test("a browser that is named and is not there is an error, and so is none at all, which names two ways to one", () => {
  expect(() => findChromium({ CHROMIUM_PATH: "/a/chrome" }, where(own))).toThrow(/CHROMIUM_PATH is \/a\/chrome/);
  expect(() => findChromium({ PATH: "/bin" }, where())).toThrow(/npx playwright install chromium.*apt-get install chromium/);
});
