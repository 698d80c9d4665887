import type { ReactNode } from "react";
import type { NodeId, Topology } from "../../document/topology.ts";
import { waysToFindIn } from "../../document/ways-to-find.ts";
import type { Finding, FoundBy } from "../../runtime/protocol.ts";
import { fetchExample } from "../shell/examples.ts";
import { currentDocument } from "../state/document-store.ts";
import { ask } from "../state/run-store.ts";
import { latencyText } from "../words/format.ts";
import { useWords, type Say } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";
import { usePlayed, watchPlayed, type Tell } from "./played.ts";
import { ComparedTable, Verdict } from "./ways-table.tsx";

/** Compared where the document that is open has one way at the most. */
const shipped = "two-ways-to-find";

interface Played {
  readonly document: Topology;
  readonly ways: readonly FoundBy[];
}

/** Callers that ask a registry themselves beside callers behind a balancer that does: what each costs, and loses. */
export function WaysToFindDialog() {
  const t = useWords();
  const played = usePlayed(playWays);
  return (
    <Dialog title={t("waysToFind")} about={t("waysToFindAbout")} wide>
      {played === null ? <p className="quiet">{t("waysToFindPlaying")}</p> : <Table played={played} />}
      <p className="quiet">{t("waysToFindNotes")}</p>
    </Dialog>
  );
}

async function playWays(tell: Tell<Played>): Promise<void> {
  const open = currentDocument();
  const document = waysToFindIn(open).length > 1 ? open : await fetchExample(shipped);
  if (document !== null) tell({ document, ways: await ask<readonly FoundBy[]>({ about: "ways-to-find", document }) });
}

function Table({ played: { document, ways } }: { readonly played: Played }) {
  const t = useWords();
  const namesOf = (ids: readonly NodeId[]) => ids.map((id) => document.nodes[id]?.name ?? id).join(t.language === "en" ? ", " : "、");
  const columns = ways.map((way) => ({ key: way.finder, head: t(`finder.${way.finder}`), beneath: namesOf(way.callers) }));
  const rows: readonly (readonly [label: string, cell: (way: FoundBy) => ReactNode])[] = [
    [t("found.readers"), ({ readers }) => `${readers.length} (${namesOf(readers)})`],
    [t("found.hops"), ({ hopsPerRequest }) => Number(hopsPerRequest.toFixed(2))],
    [t("found.latency"), ({ medianUs }) => latencyText(medianUs)],
    [t("found.lookups"), ({ lookups }) => lookups],
    [t("found.usual"), ({ usualLost }) => <Verdict isFelt={usualLost > 0}>{usualLost}</Verdict>],
  ];
  return (
    <ComparedTable lists={t("comparisonMeasure")} columns={columns}>
      {rows.map(([label, cell]) => (
        <tr key={label}>
          <th scope="row">{label}</th>
          {ways.map((way) => (
            <td key={way.finder}>{cell(way)}</td>
          ))}
        </tr>
      ))}
      {(ways[0]?.findings ?? []).map((finding, index) => (
        <LossRow key={finding.loss} finding={finding} cells={ways.map((way) => ({ way, finding: way.findings[index]! }))} />
      ))}
    </ComparedTable>
  );
}

interface LossProps {
  readonly finding: Finding;
  readonly cells: readonly { readonly way: FoundBy; readonly finding: Finding }[];
}

/** What each way loses where something is lost. A click watches it. */
function LossRow({ finding: { loss, story }, cells }: LossProps) {
  const t = useWords();
  const watch = () => watchPlayed(story);
  return (
    <tr>
      <th scope="row">
        <button type="button" onClick={watch}>
          {t(`lost.${loss}`)}
        </button>
      </th>
      {cells.map(({ way, finding }) => (
        <td key={way.finder} data-felt={finding.lost > 0}>
          <button type="button" onClick={watch}>
            <Verdict isFelt={finding.lost > 0}>{lossText(t, finding, way)}</Verdict>
          </button>
        </td>
      ))}
    </tr>
  );
}

function lossText(t: Say, { lost, issued, hit }: Finding, { callers }: FoundBy): string {
  return lost === 0 ? t("lost.none") : t("lost.some", { lost, issued, hit, callers: callers.length });
}
