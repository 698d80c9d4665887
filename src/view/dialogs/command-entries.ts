import type { Preset } from "../../document/preset.ts";
import { inOrder } from "../../document/tree.ts";
import { linkableEnds, linkTo } from "../canvas/link-ends.ts";
import { homesFor, moveInto } from "../canvas/moving.ts";
import { actsOf, doAct } from "../keys/act-on.ts";
import { keyOfAct } from "../keys/key-map.ts";
import { placeKind } from "../keys/place-kind.ts";
import { speeds, uiCommands, type UiCommand } from "../keys/ui-commands.ts";
import { faceOf } from "../kit/face.ts";
import { canvasWord, roleWord } from "../kit/kit-words.ts";
import { fieldsOf, wordsOf } from "../panels/record-fields.ts";
import { setAs } from "../panels/set-as.ts";
import { titleIn } from "../shell/document-title.tsx";
import { openExample, type Example } from "../shell/examples.ts";
import { currentDocument, currentSelection, select } from "../state/document-store.ts";
import { kinds } from "../state/kinds.ts";
import { send } from "../state/run-store.ts";
import { openDialog, reveal, useUi } from "../state/ui-store.ts";
import { speedText } from "../words/format.ts";
import { actName, kindWords, type Say } from "../words/words.ts";

/** Something that can be done, by its name. */
export interface Entry {
  readonly id: string;
  readonly word: string;
  readonly note?: string;
  readonly key?: string | undefined;
  readonly run: () => void;
}

/** Acts on what is selected. */
export function actEntries(t: Say): Entry[] {
  const { nodes } = currentDocument();
  return currentSelection().flatMap((id) =>
    actsOf(id).map((act) => ({
      id: `act ${act} ${id}`,
      word: actName(act, nodes[id]?.kind ?? null, t.language),
      note: nodes[id]?.name ?? "",
      key: keyOfAct(act) ?? undefined,
      run: () => doAct(act, id),
    })),
  );
}

export const commandEntries = (t: Say): Entry[] =>
  Object.entries(uiCommands as Record<string, UiCommand>)
    .filter(([id]) => id !== "commands" && id !== "escape")
    .map(([id, command]) => ({ id: `command ${id}`, word: t(command.name), key: command.key, run: command.run }));

export const kindEntries = (t: Say): Entry[] =>
  [...kinds().values()].map((kind) => ({
    id: `place ${kind.id}`,
    word: t("placeKind", { kind: kindWords(kind.id, t.language).name }),
    key: kind.palette.key,
    run: () => placeKind(kind.id),
  }));

export const nodeEntries = (t: Say): Entry[] =>
  inOrder(currentDocument().nodes).map((node) => ({
    id: `node ${node.id}`,
    word: node.name,
    note: kindWords(node.kind, t.language).name,
    run: () => {
      select([node.id]);
      reveal([node.id]);
    },
  }));

/** Links, by the names of their ends: a link that cannot be clicked can be named. */
export function linkEntries(t: Say): Entry[] {
  const { nodes, links } = currentDocument();
  const nameOf = (id: string) => nodes[id]?.name ?? id;
  return inOrder(links).map((link) => ({
    id: `link ${link.id}`,
    word: `${nameOf(link.from)} → ${nameOf(link.to)}`,
    note: t("linkOf", { role: roleWord(t.language, link.role) }),
    run: () => {
      select([link.id]);
      reveal([link.id]);
    },
  }));
}

/** The settings of the one node that is selected: choosing one opens it in the inspector. */
export function settingEntries(t: Say): Entry[] {
  const id = onlyNode();
  if (id === null) return [];
  const node = currentDocument().nodes[id]!;
  return Object.keys(fieldsOf(node)).map((name) => ({
    id: `setting ${name}`,
    word: wordsOf(node, name, t.language).label,
    note: node.name,
    run: () => useUi.setState({ inspector: true, tab: "settings", field: name }),
  }));
}

/** Which real system it can be set as, and the configuration that it stands for. */
export function presetEntries(t: Say, presets: readonly Preset[]): Entry[] {
  const id = onlyNode();
  if (id === null) return [];
  const node = currentDocument().nodes[id]!;
  const systems = presets.map((preset) => ({
    id: `preset ${preset.id}`,
    word: `${t("preset")} ${preset.name}`,
    note: node.name,
    run: () => setAs(node, preset),
  }));
  if (faceOf(node.kind)?.configuration === undefined) return systems;
  return [...systems, { id: "configuration", word: t("showConfiguration"), note: node.name, run: () => openDialog("configuration") }];
}

/** The presets of the one node that is selected, which are fetched when they are asked for. */
export async function fetchPresets(): Promise<readonly Preset[]> {
  const id = onlyNode();
  return (id === null ? null : await faceOf(currentDocument().nodes[id]!.kind)?.presets?.()) ?? [];
}

export const exampleEntries = (t: Say, examples: readonly Example[]): Entry[] =>
  examples.map((example) => ({
    id: `example ${example.id}`,
    word: titleIn(example.title, t.language),
    run: () => void openExample(example.id),
  }));

export const speedEntries = (t: Say): Entry[] =>
  speeds.map((speed) => ({
    id: `speed ${speed}`,
    word: t("speedIs", { time: speedText(speed) }),
    run: () => send({ type: "speed", speed }),
  }));

/** Where the one node that is selected can be linked to, and moved to. */
export function endEntries(t: Say): Entry[] {
  const id = onlyNode();
  if (id === null) return [];
  const { nodes } = currentDocument();
  const links = linkableEnds(id).map(({ to, role }) => ({
    id: `link to ${to} ${role}`,
    word: `${t("linkTo")} ${nodes[to]!.name}`,
    note: roleWord(t.language, role),
    run: () => linkTo(id, to, role),
  }));
  const homes = homesFor(id).map((home) => ({
    id: `move to ${home ?? ""}`,
    word: `${t("moveTo")} ${home === null ? canvasWord(t.language, "theCanvas") : nodes[home]!.name}`,
    run: () => moveInto(id, home),
  }));
  return [...links, ...homes];
}

function onlyNode(): string | null {
  const [id, ...others] = currentSelection();
  return id === undefined || others.length > 0 || currentDocument().nodes[id] === undefined ? null : id;
}
