import { applyPatches, enablePatches, type Patch } from "immer";
import { apply } from "./apply.ts";
import type { AdmitError } from "./admit-error.ts";
import { labelOf } from "./command-words.ts";
import type { Command } from "./commands.ts";
import type { KindMap } from "./kind-declaration.ts";
import { retiredBy } from "./retired.ts";
import type { History, Step } from "./steps.ts";
import type { Topology } from "./topology.ts";

enablePatches();

export type Committed =
  | { readonly ok: true; readonly history: History; readonly created: readonly string[]; readonly changed: boolean }
  | { readonly ok: false; readonly error: AdmitError };

const longest = 500;

/** Applies a command as one step. One that changes nothing is no step and keeps what could be redone. */
export function commit(history: History, command: Command, kinds: KindMap, options: { readonly mergeKey?: string } = {}): Committed {
  const outcome = apply(history.document, command, kinds, history.taken);
  if (outcome.error !== undefined) return { ok: false, error: outcome.error };
  const { patches, inverse, created } = outcome;
  if (patches.length === 0) return { ok: true, history, created, changed: false };
  const step: Step = { label: labelOf(command), patches, inverse, mergeKey: options.mergeKey ?? null };
  const moved = move(history, outcome.document, patches);
  return { ok: true, history: { ...moved, past: withStep(history, step), future: [] }, created, changed: true };
}

export function undo(history: History): History {
  const step = history.past.at(-1);
  if (step === undefined) return history;
  const moved = move(history, applyPatches(history.document, step.inverse), step.inverse);
  return { ...moved, past: history.past.slice(0, -1), future: [...history.future, sealed(step)] };
}

export function redo(history: History): History {
  const step = history.future.at(-1);
  if (step === undefined) return history;
  const moved = move(history, applyPatches(history.document, step.patches), step.patches);
  return { ...moved, past: [...history.past, sealed(step)], future: history.future.slice(0, -1) };
}

/** Ends a gesture: the next commit begins a step of its own, whatever its key. */
export function seal(history: History): History {
  const last = history.past.at(-1);
  if (last === undefined || last.mergeKey === null) return history;
  return { ...history, past: [...history.past.slice(0, -1), sealed(last)] };
}

function move(history: History, document: Topology, patches: readonly Patch[]): History {
  const retired = retiredBy(patches, history.document);
  return { ...history, document, taken: retired.length === 0 ? history.taken : new Set([...history.taken, ...retired]) };
}

function withStep(history: History, step: Step): readonly Step[] {
  const last = history.past.at(-1);
  if (last !== undefined && last.mergeKey !== null && last.mergeKey === step.mergeKey) {
    return [...history.past.slice(0, -1), mergedStep(last, step)];
  }
  return [...history.past, step].slice(-longest);
}

/** Two steps as one. A gesture writes the same places again and again: only the last writing of each is kept. */
function mergedStep(first: Step, second: Step): Step {
  if (rewrites(first, second)) {
    const patches = first.patches.map((patch, index) => ({ ...patch, value: second.patches[index]?.value as unknown }));
    return { ...second, patches, inverse: first.inverse };
  }
  return { ...second, patches: [...first.patches, ...second.patches], inverse: [...second.inverse, ...first.inverse] };
}

function rewrites(first: Step, second: Step): boolean {
  if (first.patches.length !== second.patches.length) return false;
  return second.patches.every((patch, index) => {
    const before = first.patches[index];
    return patch.op === "replace" && before?.op !== "remove" && before?.path.join(" ") === patch.path.join(" ");
  });
}

function sealed(step: Step): Step {
  return step.mergeKey === null ? step : { ...step, mergeKey: null };
}
