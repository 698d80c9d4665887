/** Stops at once when something that must hold does not: a wrong run is worse than no run. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}`);
}

/** Ends an exhaustive check: it compiles only while every case of a union has been dealt with. */
export function unreachable(x: never): never {
  throw new Error(`Unreachable: ${String(x)}`);
}
