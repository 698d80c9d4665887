import { useRef, useState } from "react";
import type { Topology } from "../../document/topology.ts";
import { hands } from "../hands/hands.ts";
import { useDocument } from "../state/document-store.ts";
import { useWords, type Language } from "../words/words.ts";

/** A document's title in a language, else in the one that it always has. */
export const titleIn = (title: Topology["title"], language: Language): string => (language === "zh" ? (title.zh ?? title.en) : title.en);

/** The title, renamed by clicking it and typing. */
export function DocumentTitle() {
  const t = useWords();
  const title = useDocument((state) => state.document.title);
  const [editing, setEditing] = useState(false);
  const byKey = useRef(false);
  const shown = titleIn(title, t.language);
  if (!editing) {
    return (
      <button
        ref={(button) => {
          if (byKey.current) button?.focus();
          byKey.current = false;
        }}
        type="button"
        className="title"
        title={t("renameDocument")}
        onClick={() => setEditing(true)}
      >
        {shown}
      </button>
    );
  }
  const keep = (typed: string) => {
    setEditing(false);
    if (typed.trim() === "" || typed === shown) return;
    hands(({ dispatch, tell }) => tell(dispatch({ type: "title", title: { ...title, [t.language]: typed.trim() } })));
  };
  /** Left by key, the field gives the focus back to what it stood for. */
  const leave = () => {
    byKey.current = true;
  };
  return <TitleField label={t("renameDocument")} value={shown} keep={keep} cancel={() => setEditing(false)} leave={leave} />;
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly keep: (typed: string) => void;
  readonly cancel: () => void;
  /** Called before either of the two, if it is a key that ends the typing. */
  readonly leave: () => void;
}

function TitleField({ label, value, keep, cancel, leave }: FieldProps) {
  return (
    <input
      className="field w-64"
      aria-label={label}
      defaultValue={value}
      maxLength={200}
      autoFocus
      onFocus={(event) => event.target.select()}
      onBlur={(event) => keep(event.target.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key !== "Enter" && event.key !== "Escape") return;
        // Else the same press of Enter would go on to press what gets the focus.
        event.preventDefault();
        leave();
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") cancel();
      }}
    />
  );
}
