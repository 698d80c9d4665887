import type { ReactNode } from "react";
import { deploymentsOf, trialOf, ways, type Way } from "../../document/deployments.ts";
import type { Topology } from "../../document/topology.ts";
import { memoryPurposes, type Blast, type Compared, type OperatorStep, type Recovery } from "../../runtime/protocol.ts";
import { megabytes } from "../kit/megabytes.ts";
import { roleWord } from "../kit/kit-words.ts";
import { fetchExample } from "../shell/examples.ts";
import { currentDocument } from "../state/document-store.ts";
import { kinds } from "../state/kinds.ts";
import { ask } from "../state/run-store.ts";
import { durationText } from "../words/format.ts";
import { settingWords } from "../words/setting-words.ts";
import { actName, kindWords, useWords, type Say } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";
import { openPlayed, usePlayed, type Tell } from "./played.ts";
import { Verdict, WaysTable } from "./ways-table.tsx";

/** Compared where the document that is open shows one way at the most. */
const shipped = "same-budget";

interface Progress {
  readonly document: Topology;
  readonly isShipped: boolean;
  readonly found: ReadonlyMap<Way, Compared>;
  readonly isDone: boolean;
}

/** One workload as it is deployed in three ways on one hardware budget: every figure is measured by playing, way by way. */
export function ComparisonDialog() {
  const t = useWords();
  const progress = usePlayed(compareAll);
  return (
    <Dialog title={t("comparison")} about={t("comparisonAbout")} wide>
      {progress !== null && <Table progress={progress} />}
      {progress?.isDone !== true && (
        <p className="quiet">{t("comparisonPlaying", { ways: progress?.found.size ?? 0, all: ways.length })}</p>
      )}
      <p className="quiet">{t("comparisonNotes")}</p>
      {progress?.isShipped === true && <OpenShipped document={progress.document} />}
    </Dialog>
  );
}

function OpenShipped({ document }: { readonly document: Topology }) {
  const t = useWords();
  return (
    <button type="button" className="chip" onClick={() => openPlayed(document)}>
      {t("comparisonOpen")}
    </button>
  );
}

/** Way by way, so that what is known is shown while the rest is played. */
async function compareAll(tell: Tell<Progress>): Promise<void> {
  const open = currentDocument();
  const isShipped = deploymentsOf(open, kinds()).length < 2;
  const document = isShipped ? await fetchExample(shipped) : open;
  if (document === null) return;
  const found = new Map<Way, Compared>();
  const deployments = deploymentsOf(document, kinds());
  tell({ document, isShipped, found, isDone: false });
  for (const [index, deployment] of deployments.entries()) {
    found.set(deployment.way, await ask<Compared>({ about: "comparison", trial: trialOf(document, deployment, kinds()) }));
    if (!tell({ document, isShipped, found: new Map(found), isDone: index + 1 === deployments.length })) return;
  }
}

function Table({ progress }: { readonly progress: Progress }) {
  const t = useWords();
  const { document, found } = progress;
  const nameOf = (id: string) => document.nodes[id]?.name ?? id;
  const first = found.values().next().value;
  return (
    <WaysTable
      lists={t("comparisonMeasure")}
      beneath={(way) => {
        const one = found.get(way);
        if (one === undefined) return progress.isDone ? t("comparisonAbsent") : "…";
        return t("comparisonBudget", { name: nameOf(one.machine), cores: one.cores, memory: megabytes(one.memory.total) });
      }}
    >
      <Row progress={progress} label={t("compared.density")} cell={(one) => densityText(t, one)} />
      <Row progress={progress} label={t("compared.memory")} cell={(one) => <MemoryBar of={one} />} />
      {memoryPurposes.map((purpose) => (
        <Row
          key={purpose}
          progress={progress}
          label={
            <>
              <span className="swatch" data-purpose={purpose} />
              {t(`memory.${purpose}`)}
            </>
          }
          cell={(one) => (one.memory[purpose] === 0 ? "–" : megabytes(one.memory[purpose]))}
        />
      ))}
      <Row progress={progress} label={t("compared.start")} cell={(one) => timeText(t, one.startUs)} />
      <Row
        progress={progress}
        label={t("compared.stop")}
        cell={(one) => (one.stop === null ? "–" : `${timeText(t, one.stop.us)} (${actName(one.stop.act, null, t.language)})`)}
      />
      {(first?.recoveries ?? []).map(({ fault }, index) => (
        <Row
          key={fault}
          progress={progress}
          label={t("compared.recovery", { fault: actName(fault, null, t.language) })}
          cell={(one) => recoveryText(t, one.recoveries[index]!)}
        />
      ))}
      <Row progress={progress} label={t("compared.steps")} cell={(one) => stepsText(t, one)} />
      {(first?.blasts ?? []).map(({ fault }, index) => (
        <Row
          key={fault}
          progress={progress}
          label={t("compared.blast", { fault: actName(fault, null, t.language) })}
          cell={(one) => <BlastCell blast={one.blasts[index]!} nameOf={nameOf} />}
        />
      ))}
    </WaysTable>
  );
}

interface RowProps {
  readonly progress: Progress;
  readonly label: ReactNode;
  readonly cell: (one: Compared) => ReactNode;
}

function Row({ progress, label, cell }: RowProps) {
  return (
    <tr>
      <th scope="row">{label}</th>
      {ways.map((way) => {
        const one = progress.found.get(way);
        return <td key={way}>{one === undefined ? "" : cell(one)}</td>;
      })}
    </tr>
  );
}

function densityText(t: Say, { instances, isMore, memory }: Compared): string {
  const perGigabyte = (instances / (memory.total / 1024)).toFixed(1);
  return t("compared.fits", { instances: isMore ? `≥ ${instances}` : instances, perGigabyte });
}

function MemoryBar({ of: { memory } }: { readonly of: Compared }) {
  return (
    <div className="ways-purposes" aria-hidden>
      {memoryPurposes.map((purpose) => (
        <span key={purpose} data-purpose={purpose} style={{ width: `${(100 * memory[purpose]) / memory.total}%` }} />
      ))}
    </div>
  );
}

function timeText(t: Say, us: number | null): string {
  if (us === null) return t("compared.never");
  return us < 1 ? t("compared.atOnce") : durationText(us);
}

function recoveryText(t: Say, { us, acts }: Recovery): string {
  const done = acts.map((act) => actName(act, null, t.language)).join(" → ");
  return done === "" ? timeText(t, us) : `${timeText(t, us)} (${done})`;
}

function stepsText(t: Say, { steps, inUnit }: Compared): string {
  const listed = steps.map((step) => stepText(t, step)).join(t.language === "en" ? ", " : "、");
  const count = steps.length;
  return inUnit > 1 ? t("compared.stepsForSeveral", { count, listed, instances: inUnit }) : t("compared.stepsList", { count, listed });
}

function stepText(t: Say, step: OperatorStep): string {
  switch (step.what) {
    case "place":
      return kindWords(step.kind, t.language).name;
    case "set":
      return t("step.set", { setting: settingWords(step.kind, t.language)[step.setting]?.label ?? step.setting });
    case "link":
      return t("step.link", { role: roleWord(t.language, step.role) });
  }
}

function BlastCell({ blast, nameOf }: { readonly blast: Blast; readonly nameOf: (id: string) => string }) {
  const t = useWords();
  const { failed, others } = blast;
  const names = failed.map(nameOf).join(t.language === "en" ? ", " : "、");
  return (
    <Verdict isFelt={failed.length > 0}>
      {failed.length === 0 ? t("blast.none", { others }) : t("blast.some", { count: failed.length, others, names })}
    </Verdict>
  );
}
