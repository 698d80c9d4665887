import { gzipSync } from "node:zlib";
import type { Page, Response } from "@playwright/test";
import { atMost, type Figure } from "./figure.ts";
import { onStage, withPage, type Stage } from "./stage.ts";

/** What a browser really fetches until the first example is painted: a card of it, not an empty page around it. */
export function sizeFigures(tell: Stage["tell"]): Promise<Figure[]> {
  return onStage(tell, (stage) =>
    withPage(stage, async (page) => {
      const responses: Response[] = [];
      const workers = new Set<string>();
      page.on("response", (response) => void responses.push(response));
      page.on("worker", (worker) => void workers.add(worker.url()));
      const needed = await fetchedBeforeCards(page, stage.address);
      const ofPage = responses.filter((response) => needed.has(response.url()) && !workers.has(response.url()));
      const ofWorkers = responses.filter((response) => workers.has(response.url()));
      const script = await kilobytes(ofPage.filter((response) => response.url().endsWith(".js")));
      tell(`until the cards are painted: ${ofPage.map((response) => new URL(response.url()).pathname).join(" ")}`);
      tell(`the workers, on threads of their own: ${(await kilobytes(ofWorkers)).toFixed(1)} kB`);
      return [
        atMost("JavaScript needed until the first example is painted, gzip", script, "kB", 200),
        atMost("CSS, gzip", await kilobytes(ofPage.filter((response) => response.url().endsWith(".css"))), "kB", 12),
      ];
    }),
  );
}

/** Addresses whose fetching began before a card of the example had been laid out and could be seen. */
async function fetchedBeforeCards(page: Page, address: string): Promise<ReadonlySet<string>> {
  await page.addInitScript(() => {
    const look = (): void => {
      const isSeen = document.querySelector(".card")?.checkVisibility({ visibilityProperty: true, opacityProperty: true }) === true;
      if (isSeen) Object.assign(window, { cardsSeenMs: performance.now() });
      else requestAnimationFrame(look);
    };
    look();
  });
  await page.goto(address);
  const seen = await page.waitForFunction(() => (window as unknown as { cardsSeenMs?: number }).cardsSeenMs);
  const names = await page.evaluate(
    (seenMs) => performance.getEntriesByType("resource").flatMap(({ name, startTime }) => (startTime <= seenMs ? [name] : [])),
    (await seen.jsonValue()) as number,
  );
  return new Set(names);
}

async function kilobytes(responses: readonly Response[]): Promise<number> {
  const bodies = await Promise.all(responses.map((response) => response.body()));
  return bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0) / 1000;
}
