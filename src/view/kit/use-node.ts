import type { NodeId, NodeRecord } from "../../document/topology.ts";
import type { Fact, NodeStatus } from "../../runtime/protocol.ts";
import type { KindWords } from "./kind-words.ts";
import { surroundings } from "./surroundings.ts";

export interface NodeView {
  readonly record: NodeRecord;
  readonly status: NodeStatus | null;
  readonly words: KindWords;
  /** The word for its state; empty before the run has spoken. */
  readonly stateWord: string;
}

/** All that a card or frame says of its node; null in the moment between its removal and the canvas's next render. */
export function useNode(id: NodeId): NodeView | null {
  const { useRecord, useStatus, useKindWords } = surroundings();
  const record = useRecord(id);
  const status = useStatus(id);
  const words = useKindWords(record?.kind ?? "");
  if (record === undefined) return null;
  return { record, status, words, stateWord: status === null ? "" : (words.states[status.state] ?? status.state) };
}

/** A setting's value, its kind's default where the record doesn't say. */
export function settingOf(record: NodeRecord, name: string): unknown {
  const defaults = surroundings().declarationOf(record.kind)?.settings.defaults as Readonly<Record<string, unknown>> | undefined;
  return record.settings[name] ?? defaults?.[name];
}

export function factOf(facts: readonly Fact[] | undefined, ...keys: readonly string[]): number | null {
  const found = facts?.find(({ key }) => keys.includes(key))?.value;
  return typeof found === "number" ? found : null;
}
