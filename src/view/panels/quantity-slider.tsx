import { useEffect, useState } from "react";
import type { Field } from "../../document/settings.ts";
import { useWords } from "../words/words.ts";
import { numberText } from "./field-text.ts";

type Quantity = Extract<Field, { type: "quantity" }>;

const steps = 240;
const fewEnough = 100;

/** A slider where trying out is the point: rates, factors, shares and small counts. Elsewhere a number is quicker typed. */
export function hasSlider(field: Quantity): boolean {
  if (field.unit === "count") return field.max - field.min <= fewEnough;
  return field.unit === "1/s" || field.unit === "×" || field.unit === "%";
}

interface Props {
  readonly field: Quantity;
  readonly value: number;
  readonly label: string;
  readonly keep: (value: number) => void;
}

/** Moving it shows the value; letting go keeps it, so that one gesture is one step to undo. */
export function QuantitySlider({ field, value, label, keep }: Props) {
  const t = useWords();
  const [moving, setMoving] = useState<number | null>(null);
  useEffect(() => setMoving(null), [value]);
  const shown = moving ?? value;
  const finish = () => {
    if (moving !== null && moving !== value) keep(moving);
  };
  return (
    <div className="flex items-center gap-2">
      <input
        type="range"
        className="min-w-0 flex-1"
        aria-label={t("slider", { label })}
        aria-valuetext={numberText(shown)}
        min={0}
        max={isEven(field) ? (field.max - field.min) / stepOf(field) : steps}
        value={toStep(field, shown)}
        onChange={(event) => setMoving(fromStep(field, Number(event.target.value)))}
        onPointerUp={finish}
        onKeyUp={finish}
        onBlur={finish}
      />
      <output className="w-12 shrink-0 font-mono text-12">{moving === null ? "" : numberText(moving)}</output>
    </div>
  );
}

/** Rates span six decades and are spaced by their ratio; everything else evenly. */
const isEven = (field: Quantity): boolean => field.unit !== "1/s";
const stepOf = (field: Quantity): number => (field.integer ? 1 : (field.max - field.min) / steps);

function toStep(field: Quantity, value: number): number {
  if (isEven(field)) return Math.round((value - field.min) / stepOf(field));
  return Math.round((steps * Math.log(value / lowest(field))) / Math.log(highest(field) / lowest(field)));
}

function fromStep(field: Quantity, step: number): number {
  if (isEven(field)) return Number((field.min + step * stepOf(field)).toPrecision(4));
  return Number((lowest(field) * (highest(field) / lowest(field)) ** (step / steps)).toPrecision(2));
}

/** What a person would try by hand: a request in ten seconds to ten thousand in one. More is typed. */
const lowest = (field: Quantity): number => Math.max(field.min, 0.1);
const highest = (field: Quantity): number => Math.min(field.max, 10_000);
