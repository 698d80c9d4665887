import { useState } from "react";
import type { NodeId, NodeRecord, Topology } from "../../document/topology.ts";
import { inOrder } from "../../document/tree.ts";
import type { Consumer, StaleWindow } from "../../runtime/protocol.ts";
import { useAnswer } from "../state/answers.ts";
import { select, useDocument } from "../state/document-store.ts";
import { kindOf } from "../state/kinds.ts";
import { currentStatus, currentTime, useNodeStatus } from "../state/run-store.ts";
import { reveal } from "../state/ui-store.ts";
import { clockText, durationText, sinceText } from "../words/format.ts";
import { useLookup } from "../words/lookup.ts";
import { useWords, type Say } from "../words/words.ts";
import { believesIn, directoryOf, type DirectoryRow, type DirectoryService } from "./directory-rows.ts";
import { toneMark } from "./tone-mark.ts";
import "./directory.css";

/** What a registry lists, beside what each of those who read it believes, and for how long they were wrong. */
export function DirectoryPanel() {
  const t = useWords();
  const document = useDocument((state) => state.document);
  const selection = useDocument((state) => state.selection);
  const [chosen, choose] = useState<NodeId | null>(null);
  const registries = inOrder(document.nodes).filter(isRegistry);
  const shown = registries.find(({ id }) => selection.includes(id)) ?? registries.find(({ id }) => id === chosen) ?? registries[0];
  if (shown === undefined) return <p className="quiet p-3">{t("directoryNone")}</p>;
  return (
    <div className="directory" tabIndex={0} role="group" aria-label={t("drawer.directory")}>
      {registries.length > 1 && (
        <select
          className="field max-w-60"
          aria-label={t("directoryWhich")}
          value={shown.id}
          onChange={(event) => (choose(event.target.value), select([event.target.value]))}
        >
          {registries.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
      <Directory key={shown.id} registry={shown.id} document={document} />
    </div>
  );
}

const isRegistry = (node: NodeRecord): boolean => kindOf(node.kind)?.accepts.includes("registration") === true;

interface DirectoryProps {
  readonly registry: NodeId;
  readonly document: Topology;
}

/** The consumers' answer is asked for again and again; what the registry itself says is the newest each time. */
function Directory({ registry, document }: DirectoryProps) {
  const t = useWords();
  const status = useNodeStatus(registry);
  const consumers = useAnswer<readonly Consumer[]>("consumers", registry) ?? [];
  const services = directoryOf((currentStatus(registry) ?? status)?.parts ?? [], consumers);
  const nameOf = (id: NodeId) => document.nodes[id]?.name ?? id;
  if (services.length === 0) return <p className="quiet">{t("directoryEmpty")}</p>;
  return services.map((service) => <Service key={service.name} service={service} nameOf={nameOf} />);
}

interface ServiceProps {
  readonly service: DirectoryService;
  readonly nameOf: (id: NodeId) => string;
}

function Service({ service: { name, rows, consumers }, nameOf }: ServiceProps) {
  const t = useWords();
  return (
    <>
      <table>
        <caption>{name}</caption>
        <thead>
          <tr>
            <th scope="col">{t("instance")}</th>
            <th scope="col">{t("address")}</th>
            <th scope="col">{t("directorySays")}</th>
            <th scope="col">{t("directoryHeard")}</th>
            {consumers.map((consumer) => (
              <th key={consumer.link} scope="col">
                <ConsumerHead consumer={consumer} name={nameOf(consumer.node)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.key} row={row} consumers={consumers} name={nameOf(row.node)} />
          ))}
        </tbody>
      </table>
      {consumers.map((consumer) => (
        <Stale key={consumer.link} consumer={consumer} nameOf={nameOf} />
      ))}
    </>
  );
}

/** Who asks, how, and how old the answer is that it goes by. */
function ConsumerHead({ consumer: { node, way, everyUs, learntUs }, name }: { readonly consumer: Consumer; readonly name: string }) {
  const t = useWords();
  const every = everyUs > 0 ? ` ${durationText(everyUs)}` : "";
  const age = learntUs === null ? t("directoryUnanswered") : t("directoryAge", { time: sinceText(currentTime().nowUs - learntUs) });
  return (
    <button type="button" className="directory-who" onClick={() => show(node)}>
      {name}
      <small>
        {t(`way.${way}`)}
        {every} · {age}
      </small>
    </button>
  );
}

function show(id: NodeId): void {
  select([id]);
  reveal([id]);
}

interface RowProps {
  readonly row: DirectoryRow;
  readonly consumers: readonly Consumer[];
  readonly name: string;
}

function Row({ row, consumers, name }: RowProps) {
  const t = useWords();
  const { node, incarnation, address, entry } = row;
  // True is what the run knows: whether the instance still has this address.
  const isTrue = currentStatus(node)?.address === address;
  return (
    <tr>
      <th scope="row">
        <button type="button" className="directory-who" onClick={() => show(node)}>
          {name} <span className="text-ink2">#{incarnation}</span>
        </button>
      </th>
      <td className={isTrue ? "font-mono" : "directory-gone font-mono"}>{address}</td>
      <td>
        <Entry row={row} />
      </td>
      <td className="font-mono">{entry === null ? "" : heardText(entry.facts, t)}</td>
      {consumers.map((consumer) => {
        const knows = believesIn(consumer, row);
        const tone = !knows ? "idle" : isTrue ? "running" : "doubtful";
        return (
          <td key={consumer.link} className={`tone-${tone}`}>
            {knows ? `${toneMark[tone]} ${t(isTrue ? "directoryKnows" : "directoryStale")}` : "–"}
          </td>
        );
      })}
    </tr>
  );
}

/** What the registry says of it; of what runs out, when. */
function Entry({ row: { entry } }: { readonly row: DirectoryRow }) {
  const t = useWords();
  const { part } = useLookup();
  if (entry === null) return <span className="quiet">{t("directoryForgotten")}</span>;
  const { tone, state, dueUs, pips } = entry;
  const leftUs = dueUs === null ? 0 : dueUs - currentTime().nowUs;
  // What the instance has said of itself stands there without a unit, as the service's name does.
  const labels = entry.facts.filter(({ key, unit }) => unit === undefined && key !== "service");
  return (
    <>
      <span className={`tone-${tone}`}>
        {toneMark[tone]} {part(state) ?? state}
        {pips !== null && pips[0] > 0 && ` ${pips[0]}/${pips[1]}`}
      </span>
      {leftUs > 0 && <span className="text-ink2"> {t("directoryLeft", { time: sinceText(leftUs) })}</span>}
      {labels.length > 0 && <small className="directory-labels">{labels.map(({ value }) => value).join(" · ")}</small>}
    </>
  );
}

function heardText(facts: readonly { readonly key: string; readonly value: unknown }[], t: Say): string {
  const at = Math.max(...facts.filter(({ key }) => key === "renewed" || key === "checked").map(({ value }) => Number(value)));
  return at > 0 ? t("ago", { time: sinceText(currentTime().nowUs - at) }) : "–";
}

/** How long this consumer may believe in the dead, and how long it did. */
function Stale({
  consumer: { node, way, upToUs, stale },
  nameOf,
}: {
  readonly consumer: Consumer;
  readonly nameOf: (id: NodeId) => string;
}) {
  const t = useWords();
  const sum = upToUs?.reduce((total, us) => total + us, 0) ?? 0;
  const parts = upToUs !== null && upToUs.length > 1 ? ` = ${upToUs.map(durationText).join(" + ")}` : "";
  return (
    <div className="directory-stale">
      <p>
        <b>{nameOf(node)}</b> {upToUs === null ? t("directoryNever") : t("directoryUpTo", { time: `${durationText(sum)}${parts}` })}
      </p>
      <ul>
        {stale.map((window) => (
          <li key={`${window.node} ${window.fromUs}`}>
            <Window window={window} way={way} name={nameOf(window.node)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface WindowProps {
  readonly window: StaleWindow;
  readonly way: Consumer["way"];
  readonly name: string;
}

function Window({ window: { fromUs, predictedUs, lastedUs }, way, name }: WindowProps) {
  const t = useWords();
  const measured = lastedUs === null ? t("directoryStill", { time: sinceText(currentTime().nowUs - fromUs) }) : durationText(lastedUs);
  const values = { name, at: clockText(fromUs), measured };
  if (predictedUs === null) return t(way === "request" ? "directoryByRequest" : "directoryUnforeseen", values);
  const predicted = `${durationText(predictedUs[0])} – ${durationText(predictedUs[1])}`;
  return t("directoryWindow", { ...values, predicted });
}
