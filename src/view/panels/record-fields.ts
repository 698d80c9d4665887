import { linkRoles } from "../../document/link-settings.ts";
import { isRole } from "../../document/rules.ts";
import type { Fields } from "../../document/settings.ts";
import type { LinkRecord, NodeRecord, SettingValue, SettingValues } from "../../document/topology.ts";
import type { SettingWords } from "../kit/kind-words.ts";
import { kindOf } from "../state/kinds.ts";
import { lookup } from "../words/lookup.ts";
import { settingWords } from "../words/setting-words.ts";
import type { Language } from "../words/words.ts";

export const isNode = (record: NodeRecord | LinkRecord): record is NodeRecord => "kind" in record;

/** The fields of a node's kind or of a link's role. */
export function fieldsOf(record: NodeRecord | LinkRecord): Fields {
  if (isNode(record)) return kindOf(record.kind)?.settings.fields ?? {};
  return isRole(record.role) ? linkRoles[record.role].settings.fields : {};
}

export const valueOf = (record: NodeRecord | LinkRecord, name: string): SettingValue =>
  (record.settings as SettingValues)[name] ?? fieldsOf(record)[name]!.default;

/** Where its default is from, in the system by whose rules the thing goes. */
export function sourceOf(record: NodeRecord | LinkRecord, name: string): string | undefined {
  const source = fieldsOf(record)[name]?.source;
  return typeof source === "object" ? source.are[String(valueOf(record, source.by))] : source;
}

/** What is said of a setting; its name is that of the system by whose rules the thing goes, if that has one of its own. */
export function wordsOf(record: NodeRecord | LinkRecord, name: string, language: Language): SettingWords {
  const found = isNode(record) ? settingWords(record.kind, language)[name] : lookup(language).link(name);
  if (found?.names === undefined) return found ?? { label: name, help: "" };
  return { ...found, label: found.names.are[String(valueOf(record, found.names.by))] ?? found.label };
}
