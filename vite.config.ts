import tailwindcss from "@tailwindcss/vite";
import { fileURLToPath } from "node:url";
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

interface Chunking {
  getModuleInfo(id: string): { readonly isEntry: boolean; readonly importers: string[] } | null;
}

/**
 * What the page imports from the start comes as two files, one of libraries and one of ours: that is fewer ways to the
 * server, and packs better than a file for each module that a later part shares. What is imported later is left to Vite.
 * What starts the engine is a third, which waits for neither.
 */
function pageChunk(id: string, chunking: Chunking) {
  const isReachedFrom = (isStart: (module: string) => boolean): boolean => {
    const seen = new Set<string>();
    const isReached = (module: string): boolean => {
      if (seen.has(module)) return false;
      seen.add(module);
      return isStart(module) || (chunking.getModuleInfo(module)?.importers ?? []).some(isReached);
    };
    return isReached(id);
  };
  if (isReachedFrom((module) => module === bootScript)) return "boot";
  if (!isReachedFrom((module) => chunking.getModuleInfo(module)?.isEntry === true)) return null;
  return id.includes("node_modules") ? "libraries" : "page";
}

/** The script that starts the engine comes as a file of its own, before the page's, and holds nothing but what it needs. */
const bootScript = fileURLToPath(new URL("src/app/boot.ts", import.meta.url));

function bootFirst(): Plugin {
  return {
    name: "boot-first",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }) => {
        const boot = Object.values(bundle ?? {}).find((file) => file.type === "chunk" && file.moduleIds.includes(bootScript));
        if (boot === undefined) throw new Error("The script that starts the engine was not built.");
        // Asynchronous: else it would wait for the styles and for its turn.
        const attrs = { type: "module", async: true, crossorigin: true, src: `./${boot.fileName}` };
        return [{ tag: "script", attrs, injectTo: "head-prepend" }];
      },
    },
  };
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
  plugins: [react(), tailwindcss(), bootFirst(), leanReactFlow(), wordsApart(), dockerfilesWithoutNode()],
  base: "./",
  build: {
    outDir: "build/app",
    target: "es2023",
    rolldownOptions: { checks: { pluginTimings: false }, output: { codeSplitting: { groups: [{ name: pageChunk }] } } },
  },
  // As in src/tooling/build.mjs: the engine is faster where its constants are not made variables.
  worker: { format: "es", plugins: () => [dockerfilesWithoutNode()], rolldownOptions: { output: { topLevelVar: false } } },
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
