/** A copy of records by row, whole: what a checkpoint keeps of a map whose records are changed in place. */
export function copyOfRecords<T extends object>(records: ReadonlyMap<number, T>): Map<number, T> {
  return new Map([...records].map(([row, record]) => [row, { ...record }] as const));
}
