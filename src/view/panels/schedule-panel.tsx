import { useState } from "react";
import { linkActsOf } from "../../document/link-settings.ts";
import type { LinkRecord, NodeRecord, ScheduledAct, Topology } from "../../document/topology.ts";
import { inOrder } from "../../document/tree.ts";
import { IconButton } from "../shell/button.tsx";
import { TrashIcon } from "../shell/icons.tsx";
import { useDocument } from "../state/document-store.ts";
import { dispatch, tell } from "../state/editing.ts";
import { kindOf } from "../state/kinds.ts";
import { currentTime } from "../state/run-store.ts";
import { actName, useWords } from "../words/words.ts";
import { readNumber } from "./field-text.ts";
import { targetName } from "./target-name.ts";

/** Acts that take a number, and what it is unless somebody says otherwise: how many times slower, what share of the requests, how long once round, the exit code. */
const amounts: Readonly<
  Record<
    string,
    { readonly amount: number; readonly label: "slowFactor" | "exitCode" | "errPercent" | "flapPeriod"; readonly unit: string }
  >
> = {
  slow: { amount: 4, label: "slowFactor", unit: "×" },
  err: { amount: 100, label: "errPercent", unit: "%" },
  flap: { amount: 2, label: "flapPeriod", unit: "s" },
  crash: { amount: 1, label: "exitCode", unit: "" },
};

/** Acts that happen by themselves at a time of the run: part of the document, and undone like everything in it. */
export function SchedulePanel() {
  const t = useWords();
  const document = useDocument((state) => state.document);
  const acts = Object.values(document.schedule).sort((a, b) => a.atMs - b.atMs || a.order - b.order);
  return (
    <div className="h-full overflow-y-auto p-3">
      <p className="mb-2 text-ink2">{t("scheduleHelp")}</p>
      <ul>
        {acts.map((scheduled) => (
          <ScheduledRow key={scheduled.id} scheduled={scheduled} document={document} />
        ))}
      </ul>
      <AddAct document={document} />
    </div>
  );
}

function ScheduledRow({ scheduled, document }: { readonly scheduled: ScheduledAct; readonly document: Topology }) {
  const t = useWords();
  const change = (part: Partial<Pick<ScheduledAct, "act" | "target" | "atMs">> & { amount?: number | null }) =>
    tell(dispatch({ type: "reschedule", id: scheduled.id, change: part }));
  const acts = actsFor(document, scheduled.target);
  return (
    <li className="schedule-row">
      <AtField atMs={scheduled.atMs} keep={(atMs) => change({ atMs })} />
      <select
        className="field w-44"
        aria-label={t("act")}
        value={scheduled.act}
        onChange={(event) => change({ act: event.target.value, amount: amounts[event.target.value]?.amount ?? null })}
      >
        {(acts.includes(scheduled.act) ? acts : [scheduled.act, ...acts]).map((act) => (
          <option key={act} value={act}>
            {actName(act, null, t.language)}
          </option>
        ))}
      </select>
      <TargetSelect document={document} value={scheduled.target} choose={(target) => change(retarget(document, scheduled, target))} />
      <AmountField scheduled={scheduled} keep={(amount) => change({ amount })} />
      <IconButton label={t("unschedule")} onClick={() => tell(dispatch({ type: "unschedule", ids: [scheduled.id] }))}>
        <TrashIcon size={15} />
      </IconButton>
    </li>
  );
}

/** Another target may not know the act: then it gets the first act that it knows. */
function retarget(document: Topology, scheduled: ScheduledAct, target: string): { target: string; act: string } {
  const acts = actsFor(document, target);
  return { target, act: acts.includes(scheduled.act) ? scheduled.act : (acts[0] ?? scheduled.act) };
}

function AddAct({ document }: { readonly document: Topology }) {
  const t = useWords();
  const target =
    useDocument((state) => state.selection[0]) ?? targetsOf(document).find((each) => actsFor(document, each.id).length > 0)?.id;
  if (target === undefined) return <p className="quiet">{t("nothingToSchedule")}</p>;
  const add = () => {
    const atMs = Math.ceil(currentTime().nowUs / 1e6) * 1000 + 5000;
    const act = actsFor(document, target)[0];
    if (act !== undefined) tell(dispatch({ type: "schedule", act: { act, target, atMs } }));
  };
  return (
    <button type="button" className="chip mt-2" onClick={add}>
      + {t("addScheduled")}
    </button>
  );
}

function AtField({ atMs, keep }: { readonly atMs: number; readonly keep: (atMs: number) => void }) {
  const t = useWords();
  return <NumberField label={t("atSeconds")} unit="s" value={atMs / 1000} keep={(seconds) => keep(Math.round(seconds * 1000))} />;
}

function AmountField({ scheduled, keep }: { readonly scheduled: ScheduledAct; readonly keep: (amount: number) => void }) {
  const t = useWords();
  const wanted = amounts[scheduled.act];
  if (wanted === undefined) return null;
  return <NumberField label={t(wanted.label)} unit={wanted.unit} value={scheduled.amount ?? wanted.amount} keep={keep} />;
}

interface NumberFieldProps {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly keep: (value: number) => void;
}

function NumberField({ label, unit, value, keep }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const finish = () => {
    const number = typed === null ? null : readNumber(typed);
    if (number !== null && number >= 0 && number !== value) keep(number);
    setTyped(null);
  };
  return (
    <span className="flex items-center gap-1">
      <input
        className="field w-20 text-right font-mono"
        inputMode="decimal"
        aria-label={label}
        value={typed ?? String(value)}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) finish();
        }}
      />
      <span className="text-ink2">{unit}</span>
    </span>
  );
}

interface TargetProps {
  readonly document: Topology;
  readonly value: string;
  readonly choose: (id: string) => void;
}

function TargetSelect({ document, value, choose }: TargetProps) {
  const t = useWords();
  return (
    <select className="field w-56" aria-label={t("target")} value={value} onChange={(event) => choose(event.target.value)}>
      {targetsOf(document).map((each) => (
        <option key={each.id} value={each.id}>
          {targetName(document, each.id)}
        </option>
      ))}
    </select>
  );
}

const targetsOf = (document: Topology): readonly (NodeRecord | LinkRecord)[] => [...inOrder(document.nodes), ...inOrder(document.links)];

function actsFor(document: Topology, id: string): readonly string[] {
  const node = document.nodes[id];
  if (node !== undefined) return kindOf(node.kind)?.acts ?? [];
  const link = document.links[id];
  return link === undefined ? [] : linkActsOf(link);
}
