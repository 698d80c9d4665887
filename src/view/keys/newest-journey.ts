import { inOrder } from "../../document/tree.ts";
import type { NodeId } from "../../document/topology.ts";
import { toast } from "../shell/toast.ts";
import { currentDocument, currentSelection } from "../state/document-store.ts";
import { kindOf } from "../state/kinds.ts";
import { issuedBy, openJourney } from "../state/run-store.ts";
import { words } from "../words/words.ts";

const sendAct = "send";

/** The newest request of the client that is selected, else of the first that has sent one: who cannot click a dot reads it so. */
export function openNewestJourney(): void {
  const { nodes } = currentDocument();
  const candidates = [...currentSelection(), ...inOrder(nodes).map(({ id }) => id)];
  const client = candidates.find((id) => isClient(id) && issuedBy(id) > 0);
  if (client === undefined) toast.note(words()("noRequestYet"));
  else openJourney(client, issuedBy(client));
}

function isClient(id: NodeId): boolean {
  const node = currentDocument().nodes[id];
  return node !== undefined && kindOf(node.kind)?.acts.includes(sendAct) === true;
}
