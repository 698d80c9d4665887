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
