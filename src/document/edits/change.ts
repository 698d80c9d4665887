import { produceWithPatches, enablePatches, type Draft, type Patch } from "immer";
import { admit } from "../admit.ts";
import { fault, type AdmitError } from "../admit-error.ts";
import { faultsOf } from "../issues.ts";
import type { KindMap } from "../kind-declaration.ts";
import { limits } from "../limits.ts";
import { admitAct, admitLink, admitNode, type Checked } from "../records.ts";
import { checkAct, checkLink, checkNode } from "../references.ts";
import { same } from "../same.ts";
import * as schema from "../schema.ts";
import type { LinkRecord, NodeRecord, ScheduledAct, Topology } from "../topology.ts";
import { withDescendants } from "../tree.ts";
import { z } from "../zod.ts";

enablePatches();

/** What a command wants to be different: whole records by id (null: gone), and parts of the head. */
export interface Change {
  readonly nodes?: Records<NodeRecord>;
  readonly links?: Records<LinkRecord>;
  readonly schedule?: Records<ScheduledAct>;
  readonly head?: { readonly [K in "title" | "seed" | "start"]?: Topology[K] } & { readonly note?: Topology["note"] | null };
  readonly document?: Topology;
  readonly created?: readonly string[];
}

export type Records<T> = ReadonlyMap<string, T | null>;
export type Planned = Change | { readonly error: AdmitError };

export interface Changed {
  readonly document: Topology;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
  readonly created: readonly string[];
}

/** Carries a change out if the document that it makes may be; every record it writes goes through the gate's own rules. */
export function carryOut(document: Topology, change: Change, kinds: KindMap): Changed | { readonly error: AdmitError } {
  const sound = admitChange(document, change, kinds);
  if ("error" in sound) return sound;
  const [after, patches, inverse] = produceWithPatches(document, (draft) => write(draft, document, sound));
  const error = checkChange(document, after, sound, kinds);
  return error === null ? { document: after, patches, inverse, created: change.created ?? [] } : { error };
}

function admitChange(document: Topology, change: Change, kinds: KindMap): Planned {
  if (change.document !== undefined) {
    const admission = admit(change.document, kinds);
    return admission.ok ? { document: admission.document } : { error: admission.errors[0] as AdmitError };
  }
  const errors: AdmitError[] = headErrors(change);
  const sound: Change = {
    ...change,
    nodes: admitEach(change.nodes, errors, (id, record) => admitNode(id, record, kinds)),
    links: admitEach(change.links, errors, admitLink),
    schedule: admitEach(change.schedule, errors, admitAct),
  };
  return errors[0] === undefined ? (crowded(document, sound) ?? sound) : { error: errors[0] };
}

function admitEach<T>(records: Records<T> | undefined, errors: AdmitError[], read: (id: string, record: T) => Checked<T>): Records<T> {
  const sound = new Map<string, T | null>();
  for (const [id, record] of records ?? []) {
    const checked: Checked<T | null> = record === null ? { record } : read(id, record);
    if (checked.errors === undefined) sound.set(id, checked.record);
    else errors.push(...checked.errors);
  }
  return sound;
}

function headErrors({ head = {} }: Change): AdmitError[] {
  const { note, ...rest } = head;
  const given = Object.entries({ ...rest, ...(note == null ? {} : { note }) });
  return given.flatMap(([field, value]) => {
    const read = z.safeParse(schema[field as "title" | "note" | "seed" | "start"] as z.ZodMiniType, value);
    return read.success ? [] : faultsOf(read.error.issues, value, [field]);
  });
}

function crowded(document: Topology, change: Change): { error: AdmitError } | null {
  for (const field of ["nodes", "links", "schedule"] as const) {
    const limit = field === "schedule" ? limits.acts : limits[field];
    if (change[field]?.size === 0) continue;
    const ids = new Set(Object.keys(document[field]));
    for (const [id, record] of change[field] ?? []) record === null ? ids.delete(id) : ids.add(id);
    if (ids.size > limit) return { error: fault(`too-many-${field}`, [field], { limit, found: ids.size }) };
  }
  return null;
}

/** Writes only what differs, so that a command that changes nothing makes no step to undo. */
function write(draft: Draft<Topology>, before: Topology, change: Change): Draft<Topology> | undefined {
  if (change.document !== undefined) return same(before, change.document) ? undefined : (change.document as Draft<Topology>);
  for (const field of ["nodes", "links", "schedule"] as const) writeEach<unknown>(draft[field], before[field], change[field]);
  const { note, ...rest } = change.head ?? {};
  for (const [field, value] of Object.entries(rest)) {
    if (!same(before[field as "seed"], value)) draft[field as "seed"] = value as number;
  }
  if (note === null) delete draft.note;
  else if (note !== undefined && !same(before.note, note)) draft.note = { ...note };
  return undefined;
}

function writeEach<T>(draft: Record<string, unknown>, before: Readonly<Record<string, T>>, records: Records<T> = new Map()): void {
  for (const [id, record] of records) {
    if (record === null) delete draft[id];
    else if (!same(before[id], record)) draft[id] = record;
  }
}

/** What moved may now be nested too deep with all that stands in it; nothing else is affected by another's change. */
function checkChange(before: Topology, after: Topology, change: Change, kinds: KindMap): AdmitError | null {
  if (change.document !== undefined) return null;
  const written = [...(change.nodes ?? [])].filter(([, node]) => node !== null).map(([id]) => id);
  const moved = written.filter((id) => before.nodes[id]?.parent !== after.nodes[id]?.parent);
  for (const node of withDescendants(after, moved)) {
    const error = checkNode(after, node, kinds);
    if (error !== null) return error;
  }
  for (const id of change.links?.keys() ?? []) {
    const error = after.links[id] === undefined ? null : checkLink(after, after.links[id], kinds);
    if (error !== null) return error;
  }
  for (const id of change.schedule?.keys() ?? []) {
    const error = after.schedule[id] === undefined ? null : checkAct(after, after.schedule[id], kinds);
    if (error !== null) return error;
  }
  return null;
}
