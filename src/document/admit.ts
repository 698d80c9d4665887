import { clip, fault, type AdmitError } from "./admit-error.ts";
import { inspect } from "./inspect.ts";
import { faultsOf } from "./issues.ts";
import type { KindMap } from "./kind-declaration.ts";
import { limits } from "./limits.ts";
import { locate } from "./locate.ts";
import { migrate, migrations, newestVersion, type Migration } from "./migrations.ts";
import { admitAct, admitLink, admitNode, type Checked } from "./records.ts";
import { checkAct, checkLink, checkNode } from "./references.ts";
import { parseText } from "./parse-text.ts";
import { headSchema } from "./schema.ts";
import type { Topology } from "./topology.ts";
import { z } from "./zod.ts";

export type { AdmitError } from "./admit-error.ts";
export type Admission = { readonly ok: true; readonly document: Topology } | { readonly ok: false; readonly errors: readonly AdmitError[] };

/**
 * The one gate for anything from outside: it gives a whole, sound document or a list of what is wrong and where (at
 * most fifty errors), and never half of either. Files and whatever else is a text go through `admitText`.
 */
export function admit(input: unknown, kinds: KindMap, steps: readonly Migration[] = migrations): Admission {
  const unfit = inspect(input);
  if (unfit.length > 0) return refuse(unfit);
  const head = readHead(input, steps);
  if ("errors" in head) return refuse(head.errors);
  const raw = migrate(head.raw, head.version, steps);
  const { document, errors } = readRecords(raw, kinds);
  if (errors.length > 0) return refuse(errors);
  const lost = checkReferences(document, kinds);
  return lost.length > 0 ? refuse(lost) : { ok: true, document };
}

export function admitText(text: string, kinds: KindMap, steps: readonly Migration[] = migrations): Admission {
  const parsed = parseText(text);
  if (parsed.errors !== undefined) return refuse(parsed.errors);
  const admission = admit(parsed.value, kinds, steps);
  return admission.ok ? admission : refuse(locate(text, admission.errors));
}

/** All that the records of a document refer to. Commands check the same, record by record. */
export function checkReferences(document: Topology, kinds: KindMap): AdmitError[] {
  const found: AdmitError[] = [];
  const note = (error: AdmitError | null) => {
    if (error !== null && found.length < limits.errors) found.push(error);
  };
  for (const node of Object.values(document.nodes)) note(checkNode(document, node, kinds));
  for (const link of Object.values(document.links)) note(checkLink(document, link, kinds));
  for (const act of Object.values(document.schedule)) note(checkAct(document, act, kinds));
  return found;
}

function refuse(errors: readonly AdmitError[]): Admission {
  return { ok: false, errors: errors.slice(0, limits.errors) };
}

type Raw = Readonly<Record<string, unknown>>;

function readHead(input: unknown, steps: readonly Migration[]): { raw: Raw; version: number } | { errors: AdmitError[] } {
  if (!isRecord(input) || input["format"] !== "breakwater") return { errors: [fault("not-breakwater", [])] };
  const version = input["version"];
  const newest = newestVersion(steps);
  if (version === undefined) return { errors: [fault("missing", ["version"])] };
  if (typeof version !== "number" || !Number.isSafeInteger(version) || version < 1) {
    return { errors: [fault("bad-version", ["version"], { found: clip(String(JSON.stringify(version))) })] };
  }
  if (version > newest) return { errors: [fault("future-version", ["version"], { version, newest })] };
  return { raw: input, version };
}

function readRecords(raw: Raw, kinds: KindMap): { document: Topology; errors: AdmitError[] } {
  const head = z.safeParse(headSchema, raw);
  const errors = head.success ? [] : faultsOf(head.error.issues, raw, []);
  const nodes = readEach(raw, "nodes", limits.nodes, errors, (key, value) => admitNode(key, value, kinds));
  const links = readEach(raw, "links", limits.links, errors, admitLink);
  const schedule = readEach(raw, "schedule", limits.acts, errors, admitAct);
  return { document: { ...(head.data as unknown as Topology), nodes, links, schedule }, errors };
}

function readEach<T>(
  raw: Raw,
  field: "nodes" | "links" | "schedule",
  limit: number,
  errors: AdmitError[],
  read: (key: string, value: unknown) => Checked<T>,
): Record<string, T> {
  const records: Record<string, T> = {};
  const given = raw[field];
  if (!isRecord(given)) return records;
  const entries = Object.entries(given);
  if (entries.length > limit) {
    errors.push(fault(`too-many-${field}`, [field], { limit, found: entries.length }));
    return records;
  }
  for (const [key, value] of entries) {
    const checked = read(key, value);
    if (checked.errors === undefined) records[key] = checked.record;
    else errors.push(...checked.errors);
    if (errors.length >= limits.errors) break;
  }
  return records;
}

function isRecord(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
