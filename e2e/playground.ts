import { expect, test as base, type Page } from "@playwright/test";
import { openFile } from "./gestures.ts";
import type { Topology } from "../src/document/topology.ts";

export { expect };
export * from "./documents.ts";
export * from "./gestures.ts";
export * from "./hands.ts";
export * from "./run.ts";

/** What a page said of itself that it should not have: errors on the console, thrown ones, breaches of the content policy. */
export class Complaints {
  readonly heard: string[] = [];

  async listen(page: Page): Promise<void> {
    page.on("console", (message) => {
      if (message.type() === "error") this.heard.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => this.heard.push(`thrown: ${error.stack ?? error.message}`));
    page.on("requestfailed", (request) => this.heard.push(`not loaded: ${request.url()} (${request.failure()?.errorText})`));
    await page.exposeFunction("tellOfBreach", (breach: string) => this.heard.push(`content policy: ${breach}`));
    await page.addInitScript(() => {
      const tell = (window as unknown as { tellOfBreach: (breach: string) => void }).tellOfBreach;
      document.addEventListener("securitypolicyviolation", (event) => tell(`${event.violatedDirective} ${event.blockedURI}`));
    });
  }
}

interface Fixtures {
  /** The playground as a newcomer finds it: nothing saved, the failover example on the canvas, running. */
  readonly playground: Page;
  readonly complaints: Complaints;
  /** Brings a document as a file, as a person would, and waits until it plays. */
  readonly open: (document: Topology) => Promise<Page>;
}

/** Every test's page must stay silent: whatever it complains of fails the test, however well the rest went. */
export const test = base.extend<Fixtures>({
  complaints: [
    async ({ page }, use) => {
      const complaints = new Complaints();
      await complaints.listen(page);
      await use(complaints);
      expect(complaints.heard, "the page complained").toEqual([]);
    },
    { auto: true },
  ],
  playground: async ({ page }, use) => {
    await page.goto("./");
    await isUp(page);
    await use(page);
  },
  open: async ({ playground }, use) => {
    await use(async (document) => {
      await openFile(playground, document);
      await isUp(playground, document.title.en);
      return playground;
    });
  },
});

/** The canvas is drawn and time passes. */
export async function isUp(page: Page, title?: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const breakwater = window.__breakwater;
      if (breakwater === undefined || breakwater.time().nowUs === 0) return false;
      const { title, nodes } = breakwater.document();
      if (wanted !== undefined && title.en !== wanted) return false;
      return Object.keys(nodes).every((id) => document.querySelector(`[data-node="${id}"]`) !== null && breakwater.status(id) !== null);
    },
    title,
    { timeout: 60_000 },
  );
}
