import type { Values } from "./admit-error.ts";
import type { KindDeclaration } from "./kind-declaration.ts";
import { linkRoles, type RoleId } from "./link-settings.ts";

/**
 * What may stand in what and be linked to what. It follows from capabilities alone: no kind is named here, so a new
 * kind needs no change. The words of the codes are in `admit-words.ts`, beside those of the gate.
 */
export type Refusal = { readonly ok: false; readonly code: string; readonly values: Values };
export type Verdict = { readonly ok: true } | Refusal;
export type LinkVerdict = { readonly ok: true; readonly roles: readonly RoleId[] } | Refusal;

/** `parent: null` is the canvas itself. */
export function mayStand(child: KindDeclaration, parent: KindDeclaration | null): Verdict {
  const offered = parent === null ? (["canvas"] as const) : parent.places;
  if (offered.some((place) => child.placedIn.includes(place))) return { ok: true };
  const values = { kind: child.id, places: child.placedIn.join(" ") };
  if (parent === null) return { ok: false, code: "not-on-canvas", values };
  if (parent.places.length === 0) return { ok: false, code: "holds-nothing", values: { ...values, parent: parent.id } };
  return { ok: false, code: "not-in-there", values: { ...values, parent: parent.id } };
}

/** The roles that a link from one to the other could have, in the order in which the kind declares them. */
export function mayLink(from: KindDeclaration, to: KindDeclaration, role?: string): LinkVerdict {
  const lifeless = [from, to].find(({ packages }) => packages !== undefined);
  if (lifeless !== undefined) return { ok: false, code: "is-a-package", values: { kind: lifeless.id } };
  if (role !== undefined) return mayLinkAs(from, to, role);
  if (from.calls.length === 0) return { ok: false, code: "starts-nothing", values: { from: from.id, to: to.id } };
  const roles = from.calls.filter((id) => to.accepts.includes(linkRoles[id].asks));
  if (roles.length > 0) return { ok: true, roles };
  return { ok: false, code: "no-role", values: { from: from.id, to: to.id, asks: asksOf(from) } };
}

export function isRole(role: string): role is RoleId {
  return Object.hasOwn(linkRoles, role);
}

function mayLinkAs(from: KindDeclaration, to: KindDeclaration, role: string): LinkVerdict {
  if (!isRole(role)) return { ok: false, code: "unknown-role", values: { role } };
  if (!from.calls.includes(role)) return { ok: false, code: "role-not-here", values: { role, from: from.id } };
  const { asks } = linkRoles[role];
  if (!to.accepts.includes(asks)) return { ok: false, code: "far-end-refuses", values: { role, asks, to: to.id } };
  return { ok: true, roles: [role] };
}

function asksOf(from: KindDeclaration): string {
  return [...new Set(from.calls.map((id) => linkRoles[id].asks))].join(" ");
}
