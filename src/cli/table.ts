/** Columns as wide as their widest cell; numbers stand right, all else left. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(String(row[column] ?? "")))));
  return rows.map((row) => `  ${row.map((cell, column) => padded(cell, widths[column] ?? 0)).join("  ")}`.trimEnd());
}

function padded(cell: string | number, columns: number): string {
  const text = String(cell);
  const space = " ".repeat(columns - width(text));
  return typeof cell === "number" ? space + text : text + space;
}

/** Chinese characters and full-width signs take two columns of a terminal. */
export function width(text: string): number {
  return [...text].reduce(
    (sum, character) =>
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(character) ? 2 : 1),
    0,
  );
}
