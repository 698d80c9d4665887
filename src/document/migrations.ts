/** Turns a document of one version into the next. It may trust nothing but that it was given a plain object. */
export type Migration = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** `migrations[0]` takes version 1 to version 2, and so on: the newest version is one more than there are of them. */
export const migrations: readonly Migration[] = [];

export function newestVersion(steps: readonly Migration[] = migrations): number {
  return steps.length + 1;
}

/** Brings a document of an older version up to the newest; `version` is the document's own, already checked. */
export function migrate(
  document: Readonly<Record<string, unknown>>,
  version: number,
  steps: readonly Migration[] = migrations,
): Readonly<Record<string, unknown>> {
  return steps
    .slice(version - 1)
    .reduce<Readonly<Record<string, unknown>>>((old, step, index) => ({ ...step(old), version: version + index + 1 }), document);
}
