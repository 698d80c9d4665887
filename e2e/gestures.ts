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

/** Chooses a file in the browser's own dialog, which the Import button opens. */
export async function openFile(page: Page, document: unknown, name = "opened.json"): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  const text = typeof document === "string" ? document : JSON.stringify(document);
  await (await chooser).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
}

/** Presses play or pause until time stands still, or passes. */
export async function setPlaying(page: Page, playing: boolean): Promise<void> {
  const button = page.getByRole("button", { name: playing ? "Play" : "Pause", exact: true });
  if (await button.isVisible()) await button.click();
  await expect(page.getByRole("button", { name: playing ? "Pause" : "Play", exact: true })).toBeVisible();
}

/** Chooses a speed in the panel of the speed button, and switches the director off: then time passes just so fast. */
export async function setSpeed(page: Page, preset: 0.01 | 0.1 | 0.25 | 1 | 10 | 100): Promise<void> {
  const director = page.getByTitle(/^Slows the clock/);
  if ((await director.getAttribute("aria-pressed")) === "true") await director.click();
  const chip = page.getByTitle("Speed", { exact: true });
  const panel = page.getByRole("dialog", { name: "Speed" });
  await chip.click();
  await panel.getByRole("button", { name: `×${preset}`, exact: true }).click();
  await chip.click();
  await expect(panel).toBeHidden();
}
