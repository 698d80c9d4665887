/** Where a key leads in a menu: from item to item and round, to either end, or to one that begins as is typed. */
export function itemFor(items: readonly HTMLElement[], key: string): HTMLElement | undefined {
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (key === "ArrowDown") return items[(at + 1) % items.length];
  if (key === "ArrowUp") return items.at(at <= 0 ? -1 : at - 1);
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  if (key.length !== 1 || key === " ") return undefined;
  const labels = items.map((item) => item.textContent?.trim() ?? "");
  return items[itemThatBegins(labels, at, typedWith(key, performance.now()))];
}

/** Letters that follow each other sooner than this are of one word. */
const pauseMs = 800;
let typed = { text: "", atMs: 0 };

function typedWith(key: string, nowMs: number): string {
  typed = { text: nowMs - typed.atMs < pauseMs ? typed.text + key : key, atMs: nowMs };
  return typed.text;
}

/** The next item that begins with a letter, which pressed again leads on; with more letters, the first that begins so. −1: none. */
export function itemThatBegins(labels: readonly string[], at: number, text: string): number {
  const isOneLetter = [...text].every((letter) => letter === text[0]);
  const wanted = (isOneLetter ? text[0]! : text).toLowerCase();
  const from = isOneLetter ? at + 1 : 0;
  const order = labels.map((_, index) => (from + index) % labels.length);
  return order.find((index) => labels[index]!.toLowerCase().startsWith(wanted)) ?? -1;
}
