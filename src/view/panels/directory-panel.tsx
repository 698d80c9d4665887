import { useMemo, useState } from "react";
import { membershipsOf } from "../../document/memberships.ts";
import type { NodeId, NodeRecord, Topology } from "../../document/topology.ts";
import { inOrder } from "../../document/tree.ts";
import type { Consumer, PartStatus } from "../../runtime/protocol.ts";
import { useAnswer } from "../state/answers.ts";
import { select, useDocument } from "../state/document-store.ts";
import { kindOf, kinds } from "../state/kinds.ts";
import { currentStatus, currentTime, useNodeStatus } from "../state/run-store.ts";
import { reveal } from "../state/ui-store.ts";
import { durationText, sinceText } from "../words/format.ts";
import { useLookup } from "../words/lookup.ts";
import { useWords, type Say } from "../words/words.ts";
import { believesIn, directoryOf, type DirectoryRow, type DirectoryService } from "./directory-rows.ts";
import { StaleWindows } from "./stale-windows.tsx";
import { toneMark } from "./tone-mark.ts";
import "./directory.css";

/** What a registry lists, beside what each of those who read it believes, and for how long they were wrong. */
export function DirectoryPanel() {
  const t = useWords();
  const document = useDocument((state) => state.document);
  const selection = useDocument((state) => state.selection);
  const [chosen, choose] = useState<NodeId | null>(null);
  const all = useMemo(() => registriesOf(document), [document]);
  const of = (ids: readonly NodeId[]) => all.find((members) => members.some((id) => ids.includes(id)));
  const shown = of(selection) ?? of(chosen === null ? [] : [chosen]) ?? all[0];
  const nameOf = (id: NodeId) => document.nodes[id]?.name ?? id;
  if (shown === undefined) return <p className="quiet p-3">{t("directoryNone")}</p>;
  return (
    <div className="directory" tabIndex={0} role="group" aria-label={t("drawer.directory")}>
      {all.length > 1 && (
        <select
          className="field max-w-60"
          aria-label={t("directoryWhich")}
          value={shown[0]}
          onChange={(event) => (choose(event.target.value), select([event.target.value]))}
        >
          {all.map((members) => (
            <option key={members[0]} value={members[0]}>
              {members.map(nameOf).join(" · ")}
            </option>
          ))}
        </select>
      )}
      <Directory key={shown.join(" ")} members={shown} nameOf={nameOf} />
    </div>
  );
}

/** The registries of a document, each with all its members. */
function registriesOf(document: Topology): (readonly NodeId[])[] {
  const memberships = membershipsOf(document, kinds());
  const groups = inOrder(document.nodes)
    .filter(isRegistry)
    .map(({ id }) => memberships.of(id));
  return groups.filter((members, at) => groups.findIndex(([first]) => first === members[0]) === at);
}

const isRegistry = (node: NodeRecord): boolean => kindOf(node.kind)?.accepts.includes("registration") === true;

interface DirectoryProps {
  readonly members: readonly NodeId[];
  readonly nameOf: (id: NodeId) => string;
}

/** The consumers' answer is asked for again and again; what the members themselves say is the newest each time. */
function Directory({ members, nameOf }: DirectoryProps) {
  const t = useWords();
  useNodeStatus(members[0]!);
  const consumers = useAnswer<readonly Consumer[]>("consumers", members[0]!) ?? [];
  const services = directoryOf(
    members.map((id) => currentStatus(id)?.parts ?? []),
    consumers,
  );
  if (services.length === 0) return <p className="quiet">{t("directoryEmpty")}</p>;
  return services.map((service) => <Service key={service.name} {...{ service, members, nameOf }} />);
}

interface ServiceProps extends DirectoryProps {
  readonly service: DirectoryService;
}

function Service({ service: { name, rows, consumers }, members, nameOf }: ServiceProps) {
  const t = useWords();
  return (
    <>
      <table>
        <caption>{name}</caption>
        <thead>
          <tr>
            <th scope="col">{t("instance")}</th>
            <th scope="col">{t("address")}</th>
            {members.map((member) => (
              <th key={member} scope="col">
                {members.length > 1 ? t("directoryMemberSays", { name: nameOf(member) }) : t("directorySays")}
              </th>
            ))}
            <th scope="col">{t("directoryHeard")}</th>
            {consumers.map((consumer) => (
              <th key={consumer.link} scope="col">
                <ConsumerHead
                  consumer={consumer}
                  name={nameOf(consumer.node)}
                  member={members.length > 1 ? nameOf(consumer.member) : null}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.key} {...{ row, members, consumers }} name={nameOf(row.node)} />
          ))}
        </tbody>
      </table>
      {consumers.map((consumer) => (
        <StaleWindows key={consumer.link} consumer={consumer} nameOf={nameOf} />
      ))}
    </>
  );
}

interface ConsumerProps {
  readonly consumer: Consumer;
  readonly name: string;
  /** The name of the member that it speaks to, where there are several. */
  readonly member: string | null;
}

/** Who asks, whom, how, and how old the answer is that it goes by. */
function ConsumerHead({ consumer: { node, way, everyUs, learntUs }, name, member }: ConsumerProps) {
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
      {member !== null && <small>{t("directoryAsks", { name: member })}</small>}
    </button>
  );
}

function show(id: NodeId): void {
  select([id]);
  reveal([id]);
}

interface RowProps {
  readonly row: DirectoryRow;
  readonly members: readonly NodeId[];
  readonly consumers: readonly Consumer[];
  readonly name: string;
}

function Row({ row, members, consumers, name }: RowProps) {
  const t = useWords();
  const { node, incarnation, address, entries } = row;
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
      {members.map((member, at) => (
        <td key={member}>
          <Entry entry={entries[at] ?? null} member={member} />
        </td>
      ))}
      <td className="font-mono">{heardText(entries, t)}</td>
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

/** What a member says of it; of what runs out, when. One that is down says nothing. */
function Entry({ entry, member }: { readonly entry: PartStatus | null; readonly member: NodeId }) {
  const t = useWords();
  const { part } = useLookup();
  if (entry === null) return <span className="quiet">{currentStatus(member)?.tone === "dead" ? "–" : t("directoryForgotten")}</span>;
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

/** When any member last heard of it: the others only have the leader's word, or a peer's. */
function heardText(entries: readonly (PartStatus | null)[], t: Say): string {
  const facts = entries.flatMap((entry) => entry?.facts ?? []);
  const at = Math.max(...facts.filter(({ key }) => key === "renewed" || key === "checked").map(({ value }) => Number(value)));
  return at > 0 ? t("ago", { time: sinceText(currentTime().nowUs - at) }) : "–";
}
