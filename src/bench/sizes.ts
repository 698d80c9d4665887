import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { builtApp } from "../tooling/build.mjs";
import { atMost, type Figure } from "./figure.ts";

/** What a browser must fetch before it can paint: the scripts and styles that the page itself names. */
export async function sizeFigures(tell: (line: string) => void): Promise<Figure[]> {
  const folder = await builtApp();
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const scripts = named(page, /(?:<script[^>]*\ssrc|<link[^>]*rel="modulepreload"[^>]*\shref)="([^"]+\.js)"/g);
  const styles = named(page, /<link[^>]*rel="stylesheet"[^>]*\shref="([^"]+\.css)"/g);
  tell(`for the first paint: ${[...scripts, ...styles].join(" ")}`);
  const kilobytes = (files: readonly string[]): number =>
    files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0) / 1000;
  return [
    atMost("JavaScript needed for the first paint, gzip", kilobytes(scripts), "kB", 200),
    atMost("CSS, gzip", kilobytes(styles), "kB", 12),
  ];
}

const named = (page: string, pattern: RegExp): string[] => [...page.matchAll(pattern)].map(([, file]) => file ?? "");
