import type { NodeStatus, PartStatus } from "../../runtime/protocol.ts";

/**
 * Whether two statuses say the same but for their figures: then nothing needs to render. When something is due counts
 * only where it is shown, at a part that is not well: every renewal moves a lease's end.
 */
export function sameInKind(one: NodeStatus, other: NodeStatus): boolean {
  return (
    one.state === other.state &&
    one.tone === other.tone &&
    one.incarnation === other.incarnation &&
    one.sinceUs === other.sinceUs &&
    one.address === other.address &&
    one.lostAddress === other.lostAddress &&
    sameItems(one.acts, other.acts, (a, b) => a === b) &&
    sameItems(one.parts, other.parts, samePart)
  );
}

function samePart(one: PartStatus, other: PartStatus): boolean {
  return (
    one.key === other.key &&
    one.node === other.node &&
    one.incarnation === other.incarnation &&
    one.address === other.address &&
    one.state === other.state &&
    one.tone === other.tone &&
    one.pips?.[0] === other.pips?.[0] &&
    one.pips?.[1] === other.pips?.[1] &&
    (one.tone === "running" || one.dueUs === other.dueUs)
  );
}

function sameItems<Item>(one: readonly Item[], other: readonly Item[], same: (a: Item, b: Item) => boolean): boolean {
  return one.length === other.length && one.every((item, index) => same(item, other[index]!));
}
