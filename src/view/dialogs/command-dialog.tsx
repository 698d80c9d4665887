import { Command } from "cmdk";
import { useEffect, useState } from "react";
import { inOrder } from "../../document/tree.ts";
import { actsOf, doAct } from "../keys/act-on.ts";
import { keyOfAct, keyText } from "../keys/key-map.ts";
import { placeKind } from "../keys/place-kind.ts";
import { speeds, uiCommands, type UiCommand } from "../keys/ui-commands.ts";
import { roleWord } from "../kit/kit-words.ts";
import { fieldsOf } from "../panels/record-fields.ts";
import { titleIn } from "../shell/document-title.tsx";
import { fetchExamples, openExample, type Example } from "../shell/examples.ts";
import { currentDocument, currentSelection, select } from "../state/document-store.ts";
import { kinds } from "../state/kinds.ts";
import { send } from "../state/run-store.ts";
import { openDialog, reveal, useUi } from "../state/ui-store.ts";
import { speedText } from "../words/format.ts";
import { actName, kindWords, useWords, type Say } from "../words/words.ts";

interface Entry {
  readonly id: string;
  readonly word: string;
  readonly note?: string;
  readonly key?: string | undefined;
  readonly run: () => void;
}

/** Everything by its name: acts on what is selected, commands, kinds, nodes, settings, examples, speeds. */
export function CommandDialog() {
  const t = useWords();
  const examples = useExamples();
  const groups: readonly (readonly [string, readonly Entry[]])[] = [
    [t("palette.acts"), actEntries(t)],
    [t("palette.commands"), commandEntries(t)],
    [t("palette.place"), kindEntries(t)],
    [t("palette.nodes"), [...nodeEntries(t), ...linkEntries(t)]],
    [t("palette.settings"), settingEntries(t)],
    [t("palette.examples"), exampleEntries(t, examples)],
    [t("palette.speeds"), speedEntries(t)],
  ];
  return (
    <Command.Dialog
      open
      onOpenChange={(open) => !open && openDialog(null)}
      label={t("searchCommands")}
      loop
      contentClassName="commands"
      overlayClassName="dialog-veil"
    >
      <Command.Input className="commands-input" placeholder={t("searchCommands")} />
      <Command.List className="commands-list">
        <Command.Empty className="quiet px-3 py-2">{t("nothingFound")}</Command.Empty>
        {groups.map(([heading, entries]) => (
          <Command.Group key={heading} heading={heading}>
            {entries.map((entry) => (
              <Item key={entry.id} entry={entry} />
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command.Dialog>
  );
}

function Item({ entry }: { readonly entry: Entry }) {
  const run = () => {
    openDialog(null);
    entry.run();
  };
  return (
    <Command.Item value={`${entry.word} ${entry.id}`} onSelect={run} className="commands-item">
      <span className="min-w-0 flex-1 truncate">{entry.word}</span>
      {entry.note !== undefined && <span className="text-ink2">{entry.note}</span>}
      {entry.key !== undefined && <kbd>{keyText(entry.key)}</kbd>}
    </Command.Item>
  );
}

function useExamples(): readonly Example[] {
  const [examples, setExamples] = useState<readonly Example[]>([]);
  useEffect(() => void fetchExamples().then(setExamples), []);
  return examples;
}

function actEntries(t: Say): Entry[] {
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

const commandEntries = (t: Say): Entry[] =>
  Object.entries(uiCommands as Record<string, UiCommand>)
    .filter(([id]) => id !== "commands" && id !== "escape")
    .map(([id, command]) => ({ id: `command ${id}`, word: t(command.name), key: command.key, run: command.run }));

const kindEntries = (t: Say): Entry[] =>
  [...kinds().values()].map((kind) => ({
    id: `place ${kind.id}`,
    word: t("placeKind", { kind: kindWords(kind.id, t.language).name }),
    key: kind.palette.key,
    run: () => placeKind(kind.id),
  }));

const nodeEntries = (t: Say): Entry[] =>
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
function linkEntries(t: Say): Entry[] {
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
function settingEntries(t: Say): Entry[] {
  const [id, ...others] = currentSelection();
  const node = id === undefined || others.length > 0 ? undefined : currentDocument().nodes[id];
  if (node === undefined) return [];
  const words = kindWords(node.kind, t.language).settings;
  return Object.keys(fieldsOf(node)).map((name) => ({
    id: `setting ${name}`,
    word: words[name]?.label ?? name,
    note: node.name,
    run: () => {
      useUi.setState({ inspector: true, tab: "settings" });
      requestAnimationFrame(() => document.getElementById(`setting-${name}`)?.focus());
    },
  }));
}

const exampleEntries = (t: Say, examples: readonly Example[]): Entry[] =>
  examples.map((example) => ({
    id: `example ${example.id}`,
    word: titleIn(example.title, t.language),
    run: () => void openExample(example.id),
  }));

const speedEntries = (t: Say): Entry[] =>
  speeds.map((speed) => ({
    id: `speed ${speed}`,
    word: t("speedIs", { time: speedText(speed) }),
    run: () => send({ type: "speed", speed }),
  }));
