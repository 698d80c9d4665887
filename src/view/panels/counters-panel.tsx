import { lazy, Suspense } from "react";
import { whole } from "../state/series.ts";
import { useCounters } from "../state/run-store.ts";
import { countText, latencyText, rateText } from "../words/format.ts";
import { useWords } from "../words/words.ts";

const Plots = lazy(() => import("./plots.tsx"));

/** The whole's counters. Every request issued is in exactly one of served, failed, timed out and in flight. */
export function CountersPanel() {
  const t = useWords();
  const counters = useCounters();
  const figures = [
    ["issued", t("issued"), countText(counters.issued)],
    ["served", t("served"), countText(counters.served)],
    ["failed", t("failed"), countText(counters.failed)],
    ["timedOut", t("timedOut"), countText(counters.timedOut)],
    ["inFlight", t("inFlight"), countText(counters.inFlight)],
    ["rate", t("rate"), rateText(counters.ratePerSecond)],
    ["p50", "p50", latencyText(counters.p50Us)],
    ["p95", "p95", latencyText(counters.p95Us)],
    ["p99", "p99", latencyText(counters.p99Us)],
  ] as const;
  return (
    <div className="flex h-full flex-wrap content-start gap-x-8 overflow-y-auto p-3" tabIndex={0} role="group" aria-label={t("counters")}>
      <dl className="counters">
        {figures.map(([key, label, value]) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd data-counter={key}>{value}</dd>
          </div>
        ))}
      </dl>
      <Suspense fallback={null}>
        <Plots of={whole} width={240} />
      </Suspense>
    </div>
  );
}
