import { chromium, type Browser, type Page } from "@playwright/test";
import { chromiumFlags, findChromium } from "../../e2e/chromium.ts";
import { builtApp, root } from "../tooling/build.mjs";

const viewport = { width: 1440, height: 900 };

export interface Stage {
  readonly browser: Browser;
  readonly address: string;
  readonly tell: (line: string) => void;
}

/** A real Chromium, and the page as `npm start` serves it, for as long as `use` takes. */
export async function onStage<T>(tell: Stage["tell"], use: (stage: Stage) => Promise<T>): Promise<T> {
  await builtApp();
  const { preview } = await import("vite");
  const server = await preview({ root, logLevel: "warn", preview: { port: 4391 } });
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags() });
  try {
    return await use({ browser, address: server.resolvedUrls?.local[0] ?? "", tell });
  } finally {
    await browser.close();
    await server.close();
  }
}

/** A page that nobody has used before: nothing is cached, nothing stored. */
export async function withPage<T>({ browser }: Stage, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport, locale: "en-GB" });
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}
