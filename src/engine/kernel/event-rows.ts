/**
 * How an event lies in memory: 32 bytes, two to a cache line, seen as eight integers. A row is where its first integer
 * lies, and `fields[row + atCause]` its cause. `what` holds its code and its place in its slot; the last two integers are one double, the instant at which it
 * is due, and only events beyond the wheel's horizon have it. `next` is a row + 1, and for those the number of its push.
 */
export const width = 8;
export const atWhat = 0;
export const atTo = 1;
export const atFirst = 2;
export const atSecond = 3;
export const atCause = 4;
export const atNext = 5;

/** Where the instant of a row lies among the doubles. */
export function dueOf(row: number): number {
  return (row >> 1) + 3;
}

/** How many microseconds a slot has, and how many priorities an instant. */
export const slotShift = 8;
export const slotWidthUs = 1 << slotShift;
const priorityShift = 2;
export const placeShift = slotShift + priorityShift;
export const placeCount = 1 << placeShift;

/** The chain of an instant and a priority, in whichever slot that is. */
export function placeOf(dueUs: number, priority: number): number {
  return ((dueUs & (slotWidthUs - 1)) << priorityShift) | priority;
}

export function whatOf(code: number, place: number): number {
  return (code << placeShift) | place;
}

export function codeOf(what: number): number {
  return what >> placeShift;
}

export function placeIn(what: number): number {
  return what & (placeCount - 1);
}

/** How far into its slot an event of this place is due. */
export function offsetOf(place: number): number {
  return place >> priorityShift;
}
