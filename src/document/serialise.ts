import { compareText } from "../base/order.ts";
import { admitText, type Admission } from "./admit.ts";
import type { KindMap } from "./kind-declaration.ts";
import { limits } from "./limits.ts";
import { isLongerThan } from "./parse-text.ts";
import type { LinkRecord, NodeRecord, ScheduledAct, SettingValues, Topology } from "./topology.ts";
import { inOrder } from "./tree.ts";

/**
 * A document as a file: the same text for the same document, with everything in its order, so that two versions of a
 * file can be compared line by line. What would be too big for the gate that way is written without white space.
 */
export function toJson(document: Topology): string {
  const ordered = {
    format: document.format,
    version: document.version,
    title: bilingual(document.title),
    ...(document.note && { note: bilingual(document.note) }),
    seed: document.seed,
    start: document.start,
    nodes: each(document.nodes, nodeFields),
    links: each(document.links, linkFields),
    schedule: each(document.schedule, actFields),
  };
  const text = `${JSON.stringify(ordered, null, 2)}\n`;
  return isLongerThan(text, limits.bytes) ? JSON.stringify(ordered) : text;
}

export function fromJson(text: string, kinds: KindMap): Admission {
  return admitText(text, kinds);
}

function each<T extends { readonly id: string; readonly order: number }>(records: Readonly<Record<string, T>>, fields: (record: T) => T) {
  return Object.fromEntries(inOrder(records).map((record) => [record.id, fields(record)]));
}

function nodeFields({ id, kind, name, order, parent, position, size, settings }: NodeRecord): NodeRecord {
  const { x, y } = position;
  return {
    id,
    kind,
    name,
    order,
    parent,
    position: { x, y },
    ...(size && { size: { width: size.width, height: size.height } }),
    settings: sorted(settings),
  };
}

function linkFields({ id, order, from, to, role, settings }: LinkRecord): LinkRecord {
  return { id, order, from, to, role, settings: sorted(settings) };
}

function actFields({ id, order, act, target, amount, atMs }: ScheduledAct): ScheduledAct {
  return { id, order, act, target, ...(amount !== undefined && { amount }), atMs };
}

function bilingual({ en, zh }: Topology["title"]): Topology["title"] {
  return { en, ...(zh !== undefined && { zh }) };
}

function sorted(settings: SettingValues): SettingValues {
  return Object.fromEntries(Object.entries(settings).sort(([a], [b]) => compareText(a, b)));
}
