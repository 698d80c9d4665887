import { linkRoles } from "../../document/link-settings.ts";
import { isRole } from "../../document/rules.ts";
import type { Fields } from "../../document/settings.ts";
import type { LinkRecord, NodeRecord } from "../../document/topology.ts";
import { kindOf } from "../state/kinds.ts";

export const isNode = (record: NodeRecord | LinkRecord): record is NodeRecord => "kind" in record;

/** The fields of a node's kind or of a link's role. */
export function fieldsOf(record: NodeRecord | LinkRecord): Fields {
  if (isNode(record)) return kindOf(record.kind)?.settings.fields ?? {};
  return isRole(record.role) ? linkRoles[record.role].settings.fields : {};
}
