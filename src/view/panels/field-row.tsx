import { useId, useState } from "react";
import type { Field } from "../../document/settings.ts";
import type { SettingValue } from "../../document/topology.ts";
import type { SettingWords } from "../kit/kind-words.ts";
import { useWords } from "../words/words.ts";
import { Complaints, type FileComplaints } from "./complaints.tsx";
import { ChoiceInput, FlagInput, QuantityInput, SamplesInput, TextInput } from "./field-inputs.tsx";
import { unitText, valueText } from "./field-text.ts";

interface Props {
  readonly id: string;
  readonly field: Field;
  readonly words: SettingWords;
  /** Undefined where several selected things differ. */
  readonly value: SettingValue | undefined;
  readonly isSet: boolean;
  /** What its image says where nothing is set. */
  readonly given: SettingValue | undefined;
  /** Where its default is from. */
  readonly source: string | undefined;
  /** The real system whose value it has, if the thing is set as one; where that is from stands beside the choice of the system. */
  readonly system: string | undefined;
  /** What another program would refuse in it, where it is that program's file. */
  readonly complaints: FileComplaints | undefined;
  /** `null` gives the default back. Returns why not, if not. */
  readonly keep: (value: SettingValue | null) => string | null;
}

/** One setting: its label, its control with unit and range, one line of help, and where its default comes from. */
export function FieldRow({ id, field, words, value, isSet, given, source, system, complaints, keep }: Props) {
  const t = useWords();
  const [error, setError] = useState<string | null>(null);
  const note = useId();
  const input = {
    id,
    label: words.label,
    describedBy: note,
    invalid: error !== null,
    refuse: setError,
    keep: (next: SettingValue) => setError(keep(next)),
  };
  return (
    <div className="field-row">
      <label htmlFor={id}>{words.label}</label>
      <Control field={field} words={words} value={value} input={input} />
      <div id={note} className="field-note">
        {error !== null && (
          <p role="alert" className="text-bad">
            ▲ {error}
          </p>
        )}
        {complaints !== undefined && typeof value === "string" && <Complaints text={value} load={complaints} />}
        <p>{words.help}</p>
        {isSet ? (
          <button type="button" className="link-button" onClick={() => setError(keep(null))}>
            {given === undefined
              ? t("backToDefault", { value: valueText(field, field.default, words) })
              : t("backToImage", { value: valueText(field, given, words) })}
          </button>
        ) : (
          <p className="field-default">{t(given === undefined ? "isDefault" : "isFromImage")}</p>
        )}
        <Source {...{ source, system }} isDefaults={isSet} />
      </div>
    </div>
  );
}

interface SourceProps extends Pick<Props, "source" | "system"> {
  /** The value is the user's own, and only the default has a source. */
  readonly isDefaults: boolean;
}

function Source({ source, system, isDefaults }: SourceProps) {
  const t = useWords();
  if (system !== undefined) return <p>{t("asSystem", { system })}</p>;
  return source === undefined ? null : <p>{t(isDefaults ? "defaultsSource" : "source", { source })}</p>;
}

export interface InputProps {
  readonly id: string;
  readonly label: string;
  readonly describedBy: string;
  readonly invalid: boolean;
  readonly keep: (value: SettingValue) => void;
  readonly refuse: (reason: string | null) => void;
}

interface ControlProps {
  readonly field: Field;
  readonly words: SettingWords;
  readonly value: SettingValue | undefined;
  readonly input: InputProps;
}

function Control({ field, words, value, input }: ControlProps) {
  switch (field.type) {
    case "quantity":
      return <QuantityInput field={field} value={value as number | undefined} input={input} unit={unitText(field.unit)} />;
    case "choice":
      return <ChoiceInput field={field} words={words} value={value as string | undefined} input={input} />;
    case "flag":
      return <FlagInput value={value as boolean | undefined} input={input} />;
    case "text":
      return <TextInput field={field} value={value as string | undefined} input={input} />;
    case "samples":
      return <SamplesInput field={field} value={value as readonly number[] | undefined} input={input} />;
  }
}
