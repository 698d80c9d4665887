const key = "breakwater.example";

/** The example that is open as it came: it is not on the shelf, and is opened again when the page is. */
export function rememberExample(id: string): void {
  try {
    localStorage.setItem(key, id);
  } catch {
    // Without storage the page opens on the first example.
  }
}

export function forgetExample(): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // There is nothing to forget.
  }
}

export function lastExample(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** What a page opens on that nobody has used before. */
export const firstExample = "failover";

export const exampleUrl = (id: string): string => `examples/${encodeURIComponent(id)}.json`;

/** The example that the address names. */
export const exampleInAddress = (): string | null => /^#example=([\w-]+)$/u.exec(location.hash)?.[1] ?? null;

/** What will be opened, unless there is a document of one's own. */
export const exampleAtFirst = (): string => exampleInAddress() ?? lastExample() ?? firstExample;
