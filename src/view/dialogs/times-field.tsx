import { useState, type ReactNode } from "react";
import { limits } from "../../document/limits.ts";
import { readNumber } from "../panels/field-text.ts";
import { useWords } from "../words/words.ts";

interface Times {
  /** How many times; null while what stands in the field is no number of copies. */
  readonly times: number | null;
  readonly field: ReactNode;
}

/** A field for how many times something is to be made; it has the focus. */
export function useTimesField(first: string): Times {
  const t = useWords();
  const [typed, setTyped] = useState(first);
  const times = readNumber(typed);
  const isPossible = times !== null && Number.isInteger(times) && times >= 1 && times <= limits.copies;
  const field = (
    <>
      <label htmlFor="times">{t("times")}</label>
      <input
        id="times"
        className="field w-24"
        inputMode="numeric"
        autoFocus
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </>
  );
  return { times: isPossible ? times : null, field };
}
