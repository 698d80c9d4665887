import { Suspense } from "react";
import type { LinkId, NodeId } from "../../document/topology.ts";
import { laterView } from "../state/later.ts";
import { useLinkRate } from "../state/run-store.ts";
import { countText, latencyText, rateText } from "../words/format.ts";
import { useWords } from "../words/words.ts";
import { Figure } from "./figure.tsx";
import { Row } from "./row.tsx";

const Plots = laterView(() => import("./plots.tsx").then(({ Plots }) => Plots));

/** What went through one node, in figures and as it went. */
export function NodeTraffic({ id }: { readonly id: NodeId }) {
  return (
    <>
      <CounterRows of={id} />
      <Suspense fallback={null}>
        <Plots of={id} />
      </Suspense>
    </>
  );
}

export function LinkTraffic({ id }: { readonly id: LinkId }) {
  const t = useWords();
  const rate = useLinkRate(id);
  return (
    <>
      <Row label={t("requestsPerSecond")} value={countText(rate.requests)} />
      <Row label={t("othersPerSecond")} value={countText(rate.others)} />
    </>
  );
}

/** A node's counters, or, of null, the whole's: written to the page as they move. */
export function CounterRows({ of }: { readonly of: NodeId | null }) {
  const t = useWords();
  return (
    <>
      <Row label={t("issued")} value={<Figure of={of} text={({ issued }) => countText(issued)} />} />
      <Row label={t("served")} value={<Figure of={of} text={({ served }) => countText(served)} />} />
      <Row label={t("failed")} value={<Figure of={of} text={({ failed }) => countText(failed)} />} />
      <Row label={t("timedOut")} value={<Figure of={of} text={({ timedOut }) => countText(timedOut)} />} />
      <Row label={t("inFlight")} value={<Figure of={of} text={({ inFlight }) => countText(inFlight)} />} />
      <Row label={t("rate")} value={<Figure of={of} text={({ ratePerSecond }) => rateText(ratePerSecond)} />} />
      <Row label="p50" value={<Figure of={of} text={({ p50Us }) => latencyText(p50Us)} />} />
      <Row label="p95" value={<Figure of={of} text={({ p95Us }) => latencyText(p95Us)} />} />
      <Row label="p99" value={<Figure of={of} text={({ p99Us }) => latencyText(p99Us)} />} />
    </>
  );
}
