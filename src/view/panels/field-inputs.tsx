import { useState, type KeyboardEvent } from "react";
import type { Field } from "../../document/settings.ts";
import type { SettingWords } from "../kit/kind-words.ts";
import { useWords } from "../words/words.ts";
import type { InputProps } from "./field-row.tsx";
import { numberText, quantityText, readNumber, readNumbers } from "./field-text.ts";
import { QuantitySlider, hasSlider } from "./quantity-slider.tsx";

type FieldOf<Type extends Field["type"]> = Extract<Field, { type: Type }>;
interface Props<Type extends Field["type"], Value> {
  readonly field: FieldOf<Type>;
  readonly value: Value | undefined;
  readonly input: InputProps;
}

/**
 * Enter keeps what is typed (in a file it begins a line), Escape forgets it; leaving the field keeps it too. One edit,
 * one step to undo.
 */
function useTyped(shown: string, keep: (typed: string) => void, hasLines = false) {
  const [typed, setTyped] = useState<string | null>(null);
  const finish = () => {
    if (typed !== null && typed !== shown) keep(typed);
    setTyped(null);
  };
  return {
    value: typed ?? shown,
    onChange: (event: { target: { value: string } }) => setTyped(event.target.value),
    onBlur: finish,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.nativeEvent.isComposing) return;
      if (event.key === "Enter" && !hasLines) finish();
      if (event.key === "Escape") setTyped(null);
    },
  };
}

const attributes = (input: InputProps) => ({
  id: input.id,
  "aria-describedby": input.describedBy,
  "aria-invalid": input.invalid,
  className: "field",
});

export function QuantityInput({ field, value, input, unit }: Props<"quantity", number> & { readonly unit: string }) {
  const t = useWords();
  const keep = (number: number) => {
    const reason = whyNot(field, number);
    if (reason === null) return input.keep(number);
    input.refuse(t(reason, rangeOf(field)));
  };
  const typed = useTyped(value === undefined ? "" : numberText(value), (text) => {
    const number = readNumber(text);
    if (number === null) input.refuse(t("notANumber", { typed: text }));
    else keep(number);
  });
  return (
    <div>
      <div className="flex items-center gap-2">
        <input {...attributes(input)} {...typed} type="text" inputMode="decimal" placeholder={value === undefined ? t("differ") : ""} />
        <span className="w-12 shrink-0 text-ink2">{unit}</span>
      </div>
      {hasSlider(field) && value !== undefined && <QuantitySlider field={field} value={value} label={input.label} keep={keep} />}
    </div>
  );
}

const rangeOf = ({ min, max, unit }: FieldOf<"quantity" | "samples">) => ({
  min: quantityText(min, unit),
  max: quantityText(max, unit),
});

function whyNot(field: FieldOf<"quantity">, number: number): "outOfRange" | "notWhole" | null {
  if (number < field.min || number > field.max) return "outOfRange";
  return field.integer && !Number.isInteger(number) ? "notWhole" : null;
}

export function ChoiceInput({ field, value, input, words }: Props<"choice", string> & { readonly words: SettingWords }) {
  const t = useWords();
  return (
    <select {...attributes(input)} value={value ?? ""} onChange={(event) => input.keep(event.target.value)}>
      {value === undefined && (
        <option value="" disabled>
          {t("differ")}
        </option>
      )}
      {field.options.map((option) => (
        <option key={option} value={option}>
          {words.options?.[option] ?? option}
        </option>
      ))}
    </select>
  );
}

export function FlagInput({ value, input }: { readonly value: boolean | undefined; readonly input: InputProps }) {
  return (
    <input
      id={input.id}
      type="checkbox"
      className="flag"
      aria-describedby={input.describedBy}
      checked={value === true}
      ref={(box) => {
        if (box !== null) box.indeterminate = value === undefined;
      }}
      onChange={(event) => input.keep(event.target.checked)}
    />
  );
}

export function TextInput({ field, value, input }: Props<"text", string>) {
  const t = useWords();
  const typed = useTyped(
    value ?? "",
    (text) => {
      const trimmed = field.lines === true ? text : text.trim();
      if (field.pattern !== undefined && !new RegExp(field.pattern, "u").test(trimmed)) return input.refuse(t("wrongText"));
      input.keep(trimmed);
    },
    field.lines,
  );
  if (field.lines === true)
    return (
      <textarea
        {...attributes(input)}
        {...typed}
        rows={12}
        className="field font-mono text-12"
        wrap="off"
        spellCheck={false}
        maxLength={field.maxLength}
      />
    );
  return (
    <input {...attributes(input)} {...typed} type="text" maxLength={field.maxLength} placeholder={value === undefined ? t("differ") : ""} />
  );
}

export function SamplesInput({ field, value, input }: Props<"samples", readonly number[]>) {
  const t = useWords();
  const typed = useTyped(value?.join(", ") ?? "", (text) => {
    const numbers = readNumbers(text);
    if (numbers === null) return input.refuse(t("notNumbers"));
    if (numbers.some((number) => number < field.min || number > field.max)) {
      return input.refuse(t("outOfRange", rangeOf(field)));
    }
    input.keep(numbers);
  });
  return <textarea {...attributes(input)} {...typed} rows={2} />;
}
