import { Suspense } from "react";
import type { Counters } from "../../runtime/protocol.ts";
import { laterView } from "../state/later.ts";
import { whole } from "../state/series.ts";
import { countText, latencyText, rateText } from "../words/format.ts";
import { useWords } from "../words/words.ts";

import { Figure } from "./figure.tsx";

const Plots = laterView(() => import("./plots.tsx").then(({ Plots }) => Plots));

/** The whole's counters. Every request issued is in exactly one of served, failed, timed out and in flight. */
export function CountersPanel() {
  const t = useWords();
  const figures: readonly (readonly [string, string, (counters: Counters) => string])[] = [
    ["issued", t("issued"), ({ issued }) => countText(issued)],
    ["served", t("served"), ({ served }) => countText(served)],
    ["failed", t("failed"), ({ failed }) => countText(failed)],
    ["timedOut", t("timedOut"), ({ timedOut }) => countText(timedOut)],
    ["inFlight", t("inFlight"), ({ inFlight }) => countText(inFlight)],
    ["rate", t("rate"), ({ ratePerSecond }) => rateText(ratePerSecond)],
    ["p50", "p50", ({ p50Us }) => latencyText(p50Us)],
    ["p95", "p95", ({ p95Us }) => latencyText(p95Us)],
    ["p99", "p99", ({ p99Us }) => latencyText(p99Us)],
  ];
  return (
    <div className="flex h-full flex-wrap content-start gap-x-8 overflow-y-auto p-3" tabIndex={0} role="group" aria-label={t("counters")}>
      <dl className="counters">
        {figures.map(([key, label, text]) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd data-counter={key}>
              <Figure of={null} text={text} />
            </dd>
          </div>
        ))}
      </dl>
      <Suspense fallback={null}>
        <Plots of={whole} />
      </Suspense>
    </div>
  );
}
