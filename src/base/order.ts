/** Orders texts by their UTF-16 code units, the same on every machine and in every language. */
export function compareText(a: string, b: string): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The first of "web-1", "web-2", … that is not taken. A stem that already ends in a number is counted on from its text. */
export function freshId(stem: string, taken: (id: string) => boolean): string {
  const bare = stem.replace(/-\d+$/u, "");
  for (let number = 1; ; number++) {
    const id = `${bare}-${number}`;
    if (!taken(id)) return id;
  }
}

export function compareNumbers(a: number, b: number): number {
  return a - b;
}
