import { clip, fault, type AdmitError, type Path } from "./admit-error.ts";
import { faultsOf } from "./issues.ts";
import type { KindMap } from "./kind-declaration.ts";
import { linkRoles } from "./link-settings.ts";
import { isRole } from "./rules.ts";
import { actSchema, linkSchema, nodeSchema } from "./schema.ts";
import type { Settings } from "./settings.ts";
import { settingsSchema } from "./settings-schema.ts";
import type { LinkRecord, NodeRecord, ScheduledAct } from "./topology.ts";
import { z } from "./zod.ts";

/** A record looked at for itself: its shape and its settings. What it refers to is `references.ts`'s to check. */
export type Checked<T> = { readonly record: T; readonly errors?: never } | { readonly errors: readonly AdmitError[] };

export function admitNode(key: string, raw: unknown, kinds: KindMap): Checked<NodeRecord> {
  const shape = admitShape<NodeRecord>(nodeSchema, ["nodes", key], raw);
  if (shape.errors !== undefined) return shape;
  const kind = kinds.get(shape.record.kind);
  if (kind === undefined) return { errors: [fault("unknown-kind", ["nodes", key, "kind"], { kind: clip(shape.record.kind) })] };
  if (shape.record.size !== undefined && kind.places.length === 0) {
    return { errors: [fault("card-has-no-size", ["nodes", key, "size"], { kind: kind.id })] };
  }
  return withSettings(shape.record, kind.settings, ["nodes", key, "settings"]);
}

export function admitLink(key: string, raw: unknown): Checked<LinkRecord> {
  const shape = admitShape<LinkRecord>(linkSchema, ["links", key], raw);
  if (shape.errors !== undefined) return shape;
  const { role } = shape.record;
  if (!isRole(role)) return { errors: [fault("unknown-role", ["links", key, "role"], { role: clip(role) })] };
  return withSettings(shape.record, linkRoles[role].settings, ["links", key, "settings"]);
}

export function admitAct(key: string, raw: unknown): Checked<ScheduledAct> {
  return admitShape<ScheduledAct>(actSchema, ["schedule", key], raw);
}

function admitShape<T extends { readonly id: string }>(schema: z.ZodMiniType, path: Path, raw: unknown): Checked<T> {
  const read = z.safeParse(schema, raw);
  if (!read.success) return { errors: faultsOf(read.error.issues, raw, path) };
  const record = read.data as T;
  const key = path[path.length - 1] as string;
  if (record.id === key) return { record };
  return { errors: [fault("id-is-not-its-key", [...path, "id"], { id: clip(record.id), key: clip(key) })] };
}

function withSettings<T extends NodeRecord | LinkRecord>(record: T, settings: Settings, path: Path): Checked<T> {
  const read = z.safeParse(settingsSchema(settings), record.settings);
  if (!read.success) return { errors: faultsOf(read.error.issues, record.settings, path, "setting") };
  return { record: { ...record, settings: read.data } };
}
