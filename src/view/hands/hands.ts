import { later } from "../state/later.ts";

/**
 * What a hand does to a document: every command, the gate that it goes through, and what is said of a refusal. An eye
 * needs none of it. A gesture that comes before it is done when it has come.
 */
export const hands = later(() => import("./all.ts"));
