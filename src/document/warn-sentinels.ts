import type { KindMap } from "./kind-declaration.ts";
import type { Memberships } from "./memberships.ts";
import type { LinkRecord, NodeId, Topology } from "./topology.ts";
import { inOrder } from "./tree.ts";
import { nameOf, settingOf, tagsOf, warning, type Warning } from "./warning.ts";

/** Sentinels that can't agree, or have nobody, or two, to begin with. */
export function warnOfSentinels(
  document: Topology,
  registrations: readonly LinkRecord[],
  memberships: Memberships,
  kinds: KindMap,
): Warning[] {
  const firsts = inOrder(document.nodes).filter(({ id }) => watchedBy(document, id, kinds) !== null && memberships.of(id)[0] === id);
  return firsts.flatMap(({ id }) => {
    const members = memberships.of(id);
    const own = registrations.filter(({ to }) => members.includes(to));
    return [...warnOfQuorum(document, members, kinds), ...warnOfMasters(document, id, own, kinds)];
  });
}

function watchedBy(document: Topology, id: NodeId, kinds: KindMap) {
  const registry = kinds.get(document.nodes[id]!.kind)?.registry;
  return registry?.watched.rules.includes(String(settingOf(document, id, registry.rules, kinds))) === true ? registry.watched : null;
}

/** More than there are will never agree; an even number bears no more losses than one fewer. */
function warnOfQuorum(document: Topology, members: readonly NodeId[], kinds: KindMap): Warning[] {
  const majority = Math.floor(members.length / 2) + 1;
  const values = { name: nameOf(document, members[0]!), members: members.length, majority, spare: members.length - majority };
  const even = members.length % 2 === 0 ? [warning("even-sentinels", ["nodes", members[0]!], members[0]!, values, members.slice(1))] : [];
  const tooLarge = members.flatMap((id) => {
    const { quorum: name } = watchedBy(document, id, kinds)!;
    const quorum = settingOf(document, id, name, kinds);
    const told = { name: nameOf(document, id), members: members.length, quorum: Number(quorum) };
    return Number(quorum) > members.length ? [warning("quorum-too-large", ["nodes", id, "settings", name], id, told)] : [];
  });
  return [...even, ...tooLarge];
}

/** Of each service one instance is what the sentinels are first told to monitor: of several the first, of none none. */
function warnOfMasters(document: Topology, sentinel: NodeId, registrations: readonly LinkRecord[], kinds: KindMap): Warning[] {
  const { mark } = watchedBy(document, sentinel, kinds)!;
  const serviceOf = ({ from }: LinkRecord) => String(settingOf(document, from, "service", kinds));
  return [...new Set(registrations.map(serviceOf))].flatMap((service) => {
    const [first, ...more] = registrations.filter((link) => serviceOf(link) === service && tagsOf(link).includes(mark));
    const values = { service, tag: mark, name: nameOf(document, first?.from ?? sentinel) };
    const instances = registrations.filter((link) => serviceOf(link) === service).map(({ from }) => from);
    if (first === undefined) return [warning("no-master", ["nodes", sentinel], sentinel, values, instances)];
    return more.map((link) =>
      warning("several-masters", ["links", link.id, "settings", "tags"], link.from, { ...values, other: nameOf(document, link.from) }, [
        first.from,
      ]),
    );
  });
}
