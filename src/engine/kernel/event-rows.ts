/**
 * How an event lies in memory: one cache line, seen as 8 doubles (at, key) and as 16 integers (from 4 on: code, to,
 * first, second, cause, next, and its place in its slot), so that an event that waited for long is one miss and not eight.
 */
export const doubles = 8;
export const integers = 16;
export const field = { code: 4, to: 5, first: 6, second: 7, cause: 8, next: 9, place: 10 } as const;
