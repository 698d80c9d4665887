import { expect } from "vitest";
import type { BatchMeans } from "../batch-means.ts";

/** Rows of a table of what was measured against what theory says; printed when its suite has ended. */
export class Table {
  private readonly rows: string[][] = [["queue", "theory", "measured", "standard error", "errors apart", "lag"]];

  /** Enters a row, and holds the measured mean to within three standard errors of theory. */
  agree(queue: string, theory: number, measured: BatchMeans, unit: string): void {
    const apart = (measured.mean - theory) / measured.standardError;
    this.enter(queue, theory, measured, unit);
    expect(measured.batches).toBeGreaterThanOrEqual(30);
    // An error as wide as the barn door would agree with everything.
    expect(measured.standardError / theory, "the standard error, as a share of the mean").toBeLessThan(0.05);
    expect(Math.abs(apart), `${queue}: ${measured.mean} ± ${measured.standardError}, theory ${theory}`).toBeLessThanOrEqual(3);
  }

  /** Enters a row; `theory` is null where there is no formula. */
  enter(queue: string, theory: number | null, { mean, standardError, lag }: BatchMeans, unit: string): void {
    const expected = theory === null ? "–" : `${theory.toPrecision(4)} ${unit}`;
    const apart = theory === null ? "–" : ((mean - theory) / standardError).toFixed(1);
    this.rows.push([queue, expected, `${mean.toPrecision(4)} ${unit}`, standardError.toPrecision(2), apart, lag.toFixed(2)]);
  }

  print(): void {
    const widths = this.rows[0]!.map((_, column) => Math.max(...this.rows.map((row) => row[column]!.length)));
    console.info(this.rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join("   ")).join("\n"));
  }
}
