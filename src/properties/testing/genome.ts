import fc from "fast-check";
import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { linkRoles, type RoleId } from "../../document/link-settings.ts";
import { mayLink, mayStand } from "../../document/rules.ts";
import type { Field, Fields } from "../../document/settings.ts";
import type { LinkRecord, NodeRecord, SettingValue, SettingValues, Topology } from "../../document/topology.ts";
import { kinds } from "../../kinds/registry.ts";

/**
 * A random document as numbers to choose with: each slot is a node or a link, and whatever the numbers say, what is
 * made of them is legal. A slot keeps its id, so that a change of its numbers is an edit: the same id may become
 * another kind, stand elsewhere, lead elsewhere, go and come back.
 */
export interface Genome {
  readonly nodes: readonly NodeGene[];
  readonly links: readonly LinkGene[];
  readonly isCold: boolean;
  readonly seed: number;
}

export interface NodeGene {
  readonly isThere: boolean;
  readonly kind: number;
  readonly parent: number;
  readonly settings: readonly Tweak[];
}

export interface LinkGene {
  readonly isThere: boolean;
  readonly role: number;
  readonly way: number;
  readonly settings: readonly Tweak[];
}

/** The n-th setting gets the n-th of the values that suit it. */
type Tweak = readonly [setting: number, value: number];

/** Places before those that stand in them, so that the first slots, one of each kind, find their places. */
const placesFirst: readonly KindDeclaration[] = [...kinds.values()].sort((a, b) => rank(a) - rank(b));

function rank({ places, placedIn }: KindDeclaration): number {
  if (places.length === 0) return 3;
  return placedIn.some((place) => place === "canvas") ? (placedIn.length === 1 ? 0 : 1) : 2;
}

/** What is called and calls on meets with most of what can happen: there is more of it. */
const kindsToPick = placesFirst.flatMap((kind) =>
  new Array<KindDeclaration>(kind.calls.length > 0 && kind.accepts.length > 0 ? 4 : 1).fill(kind),
);

const tweaks = (most: number) => fc.array(fc.tuple(fc.nat(40), fc.nat(7)), { maxLength: most });
/** fast-check likes small numbers. */
const mostly = fc.nat(9).map((number) => number < 9);

export const nodeGene: fc.Arbitrary<NodeGene> = fc.record({
  isThere: mostly,
  kind: fc.nat(20),
  parent: fc.nat(12),
  settings: tweaks(4),
});
export const linkGene: fc.Arbitrary<LinkGene> = fc.record({
  isThere: mostly,
  role: fc.nat(40),
  // The first ways are those of the first slots: more often than not somebody calls somebody.
  way: fc.oneof(fc.nat(3), fc.nat(500)),
  settings: tweaks(3),
});

export const genome: fc.Arbitrary<Genome> = fc.noBias(
  fc.record({
    nodes: fc.array(nodeGene, { minLength: placesFirst.length + 4, maxLength: placesFirst.length + 9 }),
    links: fc.array(linkGene, { minLength: 12, maxLength: 36 }),
    isCold: fc.nat(3).map((number) => number === 0),
    seed: fc.nat(1000),
  }),
);

/** The document that the numbers stand for. */
export function documentOf({ nodes, links, isCold, seed }: Genome): Topology {
  const records: NodeRecord[] = [];
  nodes.forEach((gene, slot) => {
    const record = nodeOf(gene, slot, records);
    if (record !== null) records.push(record);
  });
  const ways = waysBetween(records);
  // Lookups find nothing where nobody registers.
  const groups = [...ways].flatMap(([role, found]) => (linkRoles[role].asks === "registration" ? [found, found, found] : [found]));
  const taken = new Set<Way>();
  const drawn = links.flatMap((gene, slot): LinkRecord[] => {
    const alike = groups[gene.role % Math.max(1, groups.length)] ?? [];
    const way = alike[gene.way % Math.max(1, alike.length)];
    if (!gene.isThere || way === undefined || taken.has(way)) return [];
    taken.add(way);
    const settings = settingsOf(linkRoles[way.role].settings.fields, gene.settings);
    return [{ id: `link-${slot}`, order: slot, ...way, settings }];
  });
  return {
    format: "breakwater",
    version: 1,
    title: { en: "A random document" },
    seed,
    start: isCold ? "cold" : "warm",
    nodes: Object.fromEntries(records.map((record) => [record.id, record])),
    links: Object.fromEntries(drawn.map((record) => [record.id, record])),
    schedule: {},
  };
}

function nodeOf(gene: NodeGene, slot: number, before: readonly NodeRecord[]): NodeRecord | null {
  if (!gene.isThere) return null;
  const kind = slot < placesFirst.length && gene.kind < 17 ? placesFirst[slot]! : kindsToPick[gene.kind % kindsToPick.length]!;
  const parents = [null, ...before].filter((parent) => mayStand(kind, parent === null ? null : kinds.get(parent.kind)!).ok);
  if (parents.length === 0) return null;
  const parent = parents[gene.parent % parents.length]!;
  const settings = settingsOf(kind.settings.fields, gene.settings);
  return {
    id: `node-${slot}`,
    kind: kind.id,
    name: `${kind.stem}-${slot}`,
    order: slot,
    parent: parent?.id ?? null,
    position: { x: 12 * slot, y: 0 },
    settings,
  };
}

interface Way {
  readonly from: string;
  readonly to: string;
  readonly role: RoleId;
}

/** Every link that may be, by role. Requests go in no circle: that is legal too, but one request would fill the whole run. */
function waysBetween(records: readonly NodeRecord[]): Map<RoleId, Way[]> {
  const found = new Map<RoleId, Way[]>();
  for (const from of records)
    for (const to of records) {
      const [fromKind, toKind] = [kinds.get(from.kind)!, kinds.get(to.kind)!];
      const verdict = mayLink(fromKind, toKind);
      const inCircle = toKind.accepts.includes("request") && fromKind.accepts.includes("request") && from.order > to.order;
      if (!verdict.ok || from.id === to.id || inCircle) continue;
      for (const role of verdict.roles) found.set(role, [...(found.get(role) ?? []), { from: from.id, to: to.id, role }]);
    }
  return found;
}

function settingsOf(fields: Fields, tweaked: readonly Tweak[]): SettingValues {
  const names = Object.keys(fields);
  const hasty = names.flatMap((name) => hastened(name, fields[name]!));
  return Object.fromEntries([
    ...hasty,
    ...tweaked.map(([setting, value]): [string, SettingValue] => {
      const name = names[setting % names.length]!;
      const values = valuesOf(fields[name]!);
      return [name, values[value % values.length]!];
    }),
  ]);
}

/** What takes long by default goes faster: a run lasts for seconds. */
function hastened(name: string, field: Field): [string, SettingValue][] {
  if (field.type !== "quantity" || field.unit !== "ms" || field.default < 1000) return [];
  return [[name, Math.max(field.min, field.default / 20)]];
}

/** Values short and small enough for something to happen in a few seconds, the smallest that is admitted among them. */
function valuesOf(field: Field): readonly SettingValue[] {
  switch (field.type) {
    case "quantity": {
      const wanted = { ms: [0.5, 5, 20, 150, 700, 3000], "1/s": [1, 20, 60], MB: [2000], count: [0, 1, 2, 3, 8] };
      const found = (wanted as Record<string, number[]>)[field.unit] ?? [field.default / 10, field.default * 2];
      return [field.default, ...found].filter((value) => value >= field.min && value <= field.max && (!field.integer || value % 1 === 0));
    }
    case "choice":
      return field.options;
    case "flag":
      return [true, false];
    case "text":
      return [field.default, field.default, field.default, "api"];
    case "samples":
      return [[5], [1, 50, 200]];
  }
}
