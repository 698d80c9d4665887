import { useLayoutEffect } from "react";
import { applies, type Fields } from "../../document/settings.ts";
import type { LinkRecord, NodeRecord, SettingValue, SettingValues } from "../../document/topology.ts";
import type { Command } from "../../document/commands.ts";
import { faceOf } from "../kit/face.ts";
import { currentDocument } from "../state/document-store.ts";
import { dispatch } from "../state/editing.ts";
import { useNodeDetail } from "../state/answers.ts";
import { useUi } from "../state/ui-store.ts";
import { toast } from "../shell/toast.ts";
import { useLookup } from "../words/lookup.ts";
import { useWords } from "../words/words.ts";
import { FieldRow } from "./field-row.tsx";
import { PresetRow } from "./preset-row.tsx";
import { fieldsOf, isNode, sourceOf, valueOf, wordsOf } from "./record-fields.ts";
import { usePresets } from "./use-presets.ts";
import { Warnings } from "./warnings.tsx";

type Record_ = NodeRecord | LinkRecord;
const nothing: SettingValues = {};

/** One form for whatever is selected: the settings that all of it has in common, made from their declarations. */
export function SettingsTab({ records }: { readonly records: readonly Record_[] }) {
  const t = useWords();
  const { language } = useLookup();
  useWantedField();
  const given = useNodeDetail(records[0]!.id)?.given ?? nothing;
  const shown = records.length === 1 ? given : nothing;
  const node = records.length === 1 && isNode(records[0]!) ? records[0]! : null;
  const { current } = usePresets(node);
  const common = commonFields(records);
  const names = Object.keys(common);
  if (names.length === 0) return <p className="quiet">{t("noCommonSettings")}</p>;
  return (
    <form className="settings" onSubmit={(event) => event.preventDefault()}>
      {node !== null && (
        <>
          <Warnings about={node.id} />
          <PresetRow node={node} />
        </>
      )}
      {names
        .filter((name) => isShown(name, records, shown))
        .map((name) => (
          <FieldRow
            complaints={complaintsIn(records[0]!, name)}
            key={`${records.map((record) => record.id).join(" ")} ${name}`}
            id={`setting-${name}`}
            field={common[name]!}
            words={wordsOf(records[0]!, name, language)}
            value={Object.hasOwn(records[0]!.settings, name) ? commonValue(records, name) : (shown[name] ?? commonValue(records, name))}
            given={shown[name]}
            source={sourceOf(records[0]!, name)}
            system={current !== undefined && Object.hasOwn(current.settings, name) ? current.name : undefined}
            isSet={records.some((record) => !isDefault(record, name))}
            keep={(value) => configure(records, name, value)}
          />
        ))}
    </form>
  );
}

/** A field that was gone to by its name has the focus before the next key comes. */
function useWantedField(): void {
  const wanted = useUi(({ field }) => field);
  useLayoutEffect(() => {
    if (wanted === null) return;
    document.getElementById(`setting-${wanted}`)?.focus();
    useUi.setState({ field: null });
  }, [wanted]);
}

const complaintsIn = (record: Record_, name: string) => (isNode(record) ? faceOf(record.kind)?.complaints?.[name] : undefined);

/** One step to undo, however many records it sets. Returns why not, if not. */
function configure(records: readonly Record_[], name: string, value: SettingValue | null): string | null {
  const commands = records.map((record): Command => ({ type: "configure", id: record.id, settings: { [name]: value } }));
  const done = dispatch(commands.length === 1 ? commands[0]! : { type: "together", label: "configure", commands });
  if (done.ok) return null;
  toast.refuse(done.message);
  return done.message;
}

function commonFields(records: readonly Record_[]): Fields {
  const [first, ...others] = records.map(fieldsOf);
  const shared = Object.entries(first ?? {}).filter(([name, field]) => others.every((fields) => fields[name]?.type === field.type));
  return Object.fromEntries(shared);
}

/** The value that all have; undefined where they differ. */
function commonValue(records: readonly Record_[], name: string): SettingValue | undefined {
  const [first, ...others] = records.map((record) => valueOf(record, name));
  return others.every((value) => JSON.stringify(value) === JSON.stringify(first)) ? first : undefined;
}

const isDefault = (record: Record_, name: string): boolean =>
  JSON.stringify(valueOf(record, name)) === JSON.stringify(fieldsOf(record)[name]!.default);

/** A field that makes sense only while another has certain values is shown only then, and only if that other is. */
function isShown(name: string, records: readonly Record_[], given: SettingValues): boolean {
  return records.every((record) =>
    applies(fieldsOf(record), name, (setting, of) =>
      of === "from" && !isNode(record)
        ? valueOf(currentDocument().nodes[record.from]!, setting)
        : (record.settings[setting] ?? given[setting] ?? valueOf(record, setting)),
    ),
  );
}
