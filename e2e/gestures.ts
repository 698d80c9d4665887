import { expect, type Page } from "@playwright/test";

/** The simulated time that the page shows, in seconds. */
export async function clock(page: Page): Promise<number> {
  const text = await page.getByTestId("clock").innerText();
  const seconds = /(\d[\d,]*\.\d+)/.exec(text)?.[1];
  if (seconds === undefined) throw new Error(`The clock reads "${text}".`);
  return Number(seconds.replaceAll(",", ""));
}

/** Waits until the clock has passed an instant of simulated time. */
export async function clockPasses(page: Page, seconds: number, timeout = 30_000): Promise<void> {
  await expect.poll(() => clock(page), { timeout }).toBeGreaterThan(seconds);
}

/** Drops a document's file on the middle of the page, as from a folder on the desktop. */
export async function dropDocument(page: Page, document: unknown, name = "dropped.json"): Promise<void> {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  await page.evaluate(
    ([content, fileName]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], fileName, { type: "application/json" }));
      const middle = { clientX: innerWidth / 2, clientY: innerHeight / 2 };
      const target = window.document.elementFromPoint(middle.clientX, middle.clientY) ?? window.document.body;
      for (const type of ["dragenter", "dragover", "drop"])
        target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: transfer, ...middle }));
    },
    [text, name] as const,
  );
}
