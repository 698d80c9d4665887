import { accessSync, constants, existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge", "msedge"];

const places: Readonly<Record<string, readonly string[]>> = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    join(homedir(), "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
  ],
  win32: ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"].flatMap((variable) => {
    const folder = process.env[variable];
    return folder === undefined
      ? []
      : [join(folder, "Google/Chrome/Application/chrome.exe"), join(folder, "Microsoft/Edge/Application/msedge.exe")];
  }),
};

/**
 * A real Chromium: the one that is named, Playwright's own, one on the PATH, or one where the system keeps it. Throws
 * where there is none: a browser test that is skipped looks like one that passed.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env, isProgram = isExecutable): string {
  for (const variable of ["CHROMIUM_PATH", "CHROME_PATH"]) {
    const named = environment[variable];
    if (named === undefined || named === "") continue;
    if (isProgram(named)) return named;
    throw new Error(`${variable} is ${named}, and no program is there.`);
  }
  const found = [chromium.executablePath(), ...onPath(environment["PATH"] ?? ""), ...(places[process.platform] ?? [])].find((path) =>
    isProgram(path),
  );
  if (found !== undefined) return found;
  throw new Error(
    "The browser tests need Chromium, and none was found. Either run `npx playwright install chromium`, " +
      "or install Chromium or Chrome from your system (Debian: `apt-get install chromium`) and, where it is not on the PATH, " +
      "name it in CHROMIUM_PATH.",
  );
}

/** Without a sandbox only for root, who cannot have one; and quiet: a browser under test asks nothing of the network. */
export function chromiumFlags(): string[] {
  const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", ...quiet];
}

function onPath(path: string): string[] {
  const folders = path.split(delimiter).filter(Boolean);
  const ending = process.platform === "win32" ? ".exe" : "";
  return names.flatMap((name) => folders.map((folder) => join(folder, name + ending)));
}

function isExecutable(path: string): boolean {
  if (path === "" || !existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
