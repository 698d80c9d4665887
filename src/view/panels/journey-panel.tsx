import { useEffect, useRef, type RefObject } from "react";
import type { NodeId } from "../../document/topology.ts";
import type { Journey, JourneyStep, LogRow } from "../../runtime/protocol.ts";
import { IconButton } from "../shell/button.tsx";
import { useFocusBackFrom } from "../shell/focus.ts";
import { isReachedByKey } from "../shell/reached.ts";
import { CloseIcon } from "../shell/icons.tsx";
import { toast } from "../shell/toast.ts";
import { useJourney } from "../state/answers.ts";
import { useCovering } from "../state/covered.ts";
import { select } from "../state/document-store.ts";
import { issuedBy, openJourney } from "../state/run-store.ts";
import { reveal, useUi } from "../state/ui-store.ts";
import { clockText, durationText } from "../words/format.ts";
import { logText, nodeName } from "../words/log-text.ts";
import { toneOf } from "../words/log-tone.ts";
import { useWords, type WordKey } from "../words/words.ts";
import { toneMark } from "./tone-mark.ts";

/** One real request: each hop, wait and retry with its time, how it ended, and why, back to the act that caused it. */
export function JourneyPanel() {
  const t = useWords();
  const shown = useUi((ui) => ui.journey);
  const journey = useJourney(shown);
  const root = useRef<HTMLElement>(null);
  useFocusBackFrom(root);
  useCovering("side", root);
  useFocusWhenAskedByKey(root, `${shown?.client ?? ""} ${shown?.number ?? 0}`);
  if (shown === null) return null;
  const close = () => useUi.setState({ journey: null });
  return (
    <section
      ref={root}
      tabIndex={-1}
      className="journey"
      aria-label={t("journeyOf", { client: nodeName(shown.client), number: shown.number })}
    >
      <header className="flex items-center gap-2 border-b border-hair px-3 py-2">
        <h2 className="flex-1 text-15 font-semibold">{t("journeyOf", { client: nodeName(shown.client), number: shown.number })}</h2>
        <Neighbours client={shown.client} number={shown.number} />
        <IconButton label={t("close")} onClick={close}>
          <CloseIcon size={15} />
        </IconButton>
      </header>
      {journey === null && <p className="quiet px-3">{t("journeyGone")}</p>}
      {journey && <Story journey={journey} />}
    </section>
  );
}

/** The same client's requests one by one, also where no dot can be clicked. */
function Neighbours({ client, number }: { readonly client: NodeId; readonly number: number }) {
  const t = useWords();
  const goOn = () => (number < issuedBy(client) ? openJourney(client, number + 1) : toast.note(t("newestAlready")));
  return (
    <>
      <IconButton label={t("journeyBefore")} disabled={number <= 1} onClick={() => openJourney(client, number - 1)}>
        ‹
      </IconButton>
      <IconButton label={t("journeyAfter")} onClick={goOn}>
        ›
      </IconButton>
    </>
  );
}

/** Asked for by key, the journey is where the keys go on; asked for with the mouse, keys stay the page's. */
function useFocusWhenAskedByKey(root: RefObject<HTMLElement | null>, journey: string): void {
  useEffect(() => {
    const active = document.activeElement;
    if (isReachedByKey(active) && root.current?.contains(active) === false) root.current.focus();
  }, [root, journey]);
}

function Story({ journey }: { readonly journey: Journey }) {
  const t = useWords();
  const { outcome, issuedUs, endedUs } = journey;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={0} role="group" aria-label={t("journeySteps")}>
      <p className={`px-3 py-2 ${outcomeTone[outcome]}`}>
        {t(`outcome.${outcome.replace(" ", "-")}` as WordKey)}
        {endedUs !== null && ` · ${durationText(endedUs - issuedUs)}`}
      </p>
      <ol className="journey-steps">
        {journey.steps.map((step) => (
          <Step key={step.row} step={step} sinceUs={step.atUs - issuedUs} />
        ))}
      </ol>
      {journey.why.length > 0 && <Why rows={journey.why} />}
    </div>
  );
}

const outcomeTone: Readonly<Record<Journey["outcome"], string>> = {
  "in flight": "text-accent",
  served: "text-ok",
  failed: "text-bad",
  "timed out": "text-bad",
};

function Step({ step, sinceUs }: { readonly step: JourneyStep; readonly sinceUs: number }) {
  const t = useWords();
  const tone = toneOf(step);
  return (
    <li>
      <span className="journey-time">+{durationText(sinceUs)}</span>
      <span className={`tone-${tone}`} aria-hidden="true">
        {toneMark[tone]}
      </span>
      <span className="min-w-0 flex-1">{logText(step, t.language)}</span>
      {step.lastsUs !== null && step.lastsUs > 0 && <span className="journey-lasts">{durationText(step.lastsUs)}</span>}
    </li>
  );
}

/** From the loss back to its cause, each a click away. */
function Why({ rows }: { readonly rows: readonly LogRow[] }) {
  const t = useWords();
  return (
    <section className="border-t border-hair px-3 py-2">
      <h3 className="mb-1 font-semibold">{t("why")}</h3>
      <ol>
        {rows.map((row) => (
          <li key={row.row}>
            <button type="button" className="log-line wraps" onClick={() => show(row)}>
              <span className="log-time">{clockText(row.atUs)}</span>
              <span className={`tone-${toneOf(row)}`} aria-hidden="true">
                {toneMark[toneOf(row)]}
              </span>
              <span>{logText(row, t.language)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function show(row: LogRow): void {
  if (row.who === null) return;
  select([row.who]);
  reveal([row.who]);
}
