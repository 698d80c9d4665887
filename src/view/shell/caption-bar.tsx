import { Suspense, useEffect } from "react";
import type { Caption } from "../../runtime/protocol.ts";
import { useDocument } from "../state/document-store.ts";
import { laterView } from "../state/later.ts";
import { useStands } from "../state/stands.ts";
import { useUi } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";

/** What can be told is much, and nothing is told before the canvas stands. */
const sentences = () => import("./sentences.tsx");
const SentenceNow = laterView(() => sentences().then(({ SentenceNow }) => SentenceNow));
const SentencesBefore = laterView(() => sentences().then(({ SentencesBefore }) => SentencesBefore));

/** One sentence of cause and effect, when it was, and beside it those before it. */
export function CaptionBar({ told }: { readonly told: readonly Caption[] }) {
  const t = useWords();
  const presenting = useUi((ui) => ui.presenting);
  const isEmpty = useDocument((state) => Object.keys(state.document.nodes).length === 0);
  const { stands } = useStands();
  useEffect(() => void (stands && SentenceNow.fetchAhead()), [stands]);
  const newest = told.at(-1);
  if (newest === undefined) {
    return (
      <div className="caption-bar">
        <span className="text-ink2">{t(isEmpty ? "emptyYet" : "nothingYet")}</span>
        <span className="caption-hint">{t("captionHint")}</span>
      </div>
    );
  }
  return (
    <div className="caption-bar" role="status" aria-live="polite" aria-atomic="true">
      <Suspense fallback={null}>
        <SentenceNow caption={newest} />
        {!presenting && <SentencesBefore told={told} />}
      </Suspense>
    </div>
  );
}

export function CaptionsBefore({ told }: { readonly told: readonly Caption[] }) {
  return (
    <Suspense fallback={null}>
      <SentencesBefore told={told} />
    </Suspense>
  );
}
