import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { wordsApart } from "./src/tooling/words-apart.mjs";

/**
 * What `npm start` allows a page to do: its own scripts and workers, and nothing from anywhere else. Styles may be
 * inline because React Flow and the toasts place things with them; scripts may not, and nothing is evaluated.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * What the page imports from the start comes as two files, one of libraries and one of ours: that is fewer ways to the
 * server, and packs better than a file for each module that a later part shares. What is imported later is left to Vite.
 */
function pageChunk(id: string, chunking: { getModuleInfo: (id: string) => { isEntry: boolean; importers: string[] } | null }) {
  const seen = new Set<string>();
  const isFirst = (module: string): boolean => {
    if (seen.has(module)) return false;
    seen.add(module);
    const info = chunking.getModuleInfo(module);
    return info !== null && (info.isEntry || info.importers.some(isFirst));
  };
  if (!isFirst(id)) return null;
  return id.includes("node_modules") ? "libraries" : "page";
}

/**
 * React Flow comes as one file that gives its components names, and that alone keeps the mini-map, the controls and the
 * background, which nobody here uses, in the page: 8 kB packed. Without the names, and with its wrappers marked as free
 * of effects, they are left out.
 */
function leanReactFlow(): Plugin {
  const transform = (code: string) => ({
    code: code
      .replace(/^\w+\.displayName = '\w+';$/gmu, "")
      .replace(/([=(]\s*)(memo|forwardRef|fixedForwardRef)\(/gu, "$1/* @__PURE__ */ $2("),
    map: null,
  });
  return {
    name: "lean-react-flow",
    apply: "build",
    enforce: "pre",
    resolveId: (id) => (id === "d3-color" ? "\0no-colours" : null),
    load: (id) => (id === "\0no-colours" ? noColours : null),
    transform: { filter: { id: /@xyflow\/react\/dist\/esm\/index\.js$/u }, handler: transform },
  };
}

/** d3 glides React Flow's window by numbers. That it could blend colours, too, is 3 kB for which nobody asks. */
const noColours = "export const color = () => null, rgb = color, hsl = color, lab = color, hcl = color, cubehelix = color;";

/** dockerfile-ast looks for a byte order mark with Node's `Buffer`, which no browser has; it is the same for a TextEncoder. */
function dockerfilesWithoutNode(): Plugin {
  return {
    name: "dockerfiles-without-node",
    enforce: "pre",
    transform: {
      filter: { id: /dockerfile-ast\/lib\/util\.js$/u },
      handler: (code) => ({ code: code.replace('Buffer.from(char, "UTF-8")', "new TextEncoder().encode(char)"), map: null }),
    },
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss(), leanReactFlow(), wordsApart(), dockerfilesWithoutNode()],
  base: "./",
  build: {
    outDir: "build/app",
    target: "es2023",
    rolldownOptions: { checks: { pluginTimings: false }, output: { codeSplitting: { groups: [{ name: pageChunk }] } } },
  },
  worker: { format: "es", plugins: () => [dockerfilesWithoutNode()] },
  preview: {
    port: 4173,
    headers: {
      "Content-Security-Policy": contentSecurityPolicy,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
    },
  },
  test: {
    include: ["src/**/*.test.{ts,tsx}"],
    environment: "node",
    // Simulations are long and machines are slow: the time limit is there to end a hang, not to measure.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
  },
});
