import { useDocument } from "../state/document-store.ts";
import { dispatch, tell } from "../state/editing.ts";
import { useWords } from "../words/words.ts";
import { titleIn } from "../shell/document-title.tsx";
import { CounterRows } from "./traffic-tab.tsx";
import { TextBox } from "./text-box.tsx";
import { Warnings } from "./warnings.tsx";

/** With nothing selected, the inspector speaks of the whole: its note, how it starts, its dice, its counters, and what looks amiss. */
export function DocumentTab() {
  const t = useWords();
  const document = useDocument((state) => state.document);
  const { title, note, seed, start } = document;
  const noteText = note === undefined ? "" : titleIn(note, t.language);
  const keepNote = (typed: string) => {
    const next = typed === "" ? null : { en: "", ...note, [t.language]: typed };
    tell(dispatch({ type: "note", note: next }));
  };
  return (
    <>
      <h2 className="text-15 font-semibold">{titleIn(title, t.language)}</h2>
      <p className="inspector-sub">{t("wholeDocument")}</p>
      <TextBox key={t.language} label={t("note")} value={noteText} keep={keepNote} />
      <div className="field-row">
        <label htmlFor="document-start">{t("start")}</label>
        <select
          id="document-start"
          className="field"
          value={start}
          onChange={(event) => tell(dispatch({ type: "start", start: event.target.value === "cold" ? "cold" : "warm" }))}
        >
          <option value="warm">{t("startWarm")}</option>
          <option value="cold">{t("startCold")}</option>
        </select>
      </div>
      <SeedField key={seed} seed={seed} />
      <Warnings />
      <WholeCounters />
    </>
  );
}

function SeedField({ seed }: { readonly seed: number }) {
  const t = useWords();
  const keep = (typed: string) => {
    const next = Number(typed.normalize("NFKC"));
    if (typed.trim() !== "" && Number.isInteger(next) && next !== seed) tell(dispatch({ type: "seed", seed: next }));
  };
  return (
    <div className="field-row">
      <label htmlFor="document-seed">{t("seed")}</label>
      <input
        id="document-seed"
        className="field font-mono"
        inputMode="numeric"
        defaultValue={seed}
        onBlur={(event) => keep(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) event.currentTarget.blur();
        }}
      />
    </div>
  );
}

function WholeCounters() {
  const t = useWords();
  return (
    <section className="pt-3">
      <h3 className="mb-1 text-12 font-semibold text-ink2">{t("wholeRun")}</h3>
      <CounterRows of={null} />
    </section>
  );
}
