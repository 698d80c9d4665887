import { Command } from "cmdk";
import { Dialog as Radix } from "radix-ui";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { keyText } from "../keys/key-map.ts";
import { fetchExamples } from "../shell/examples.ts";
import { useFocusBack } from "../shell/focus.ts";
import { currentSelection } from "../state/document-store.ts";
import { openDialog } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";
import * as entries from "./command-entries.ts";
import { likest, type EntryGroup } from "./likeness.ts";
import { sparesComposing } from "./dialog.tsx";

/** Everything by its name: acts on what is selected, commands, kinds, nodes, settings, examples, speeds. */
export function CommandDialog() {
  const t = useWords();
  const examples = useFetched(fetchExamples);
  const presets = useFetched(entries.fetchPresets);
  const [typed, setTyped] = useState("");
  const chose = useRef(false);
  const focusBack = useFocusBack();
  const groups: readonly EntryGroup[] = [
    [t("palette.acts"), entries.actEntries(t)],
    [t("palette.commands"), entries.commandEntries(t)],
    [t("palette.place"), entries.kindEntries(t)],
    [t("palette.nodes"), [...entries.nodeEntries(t), ...entries.linkEntries(t)]],
    [t("palette.settings"), [...entries.presetEntries(t, presets), ...entries.settingEntries(t)]],
    [t("palette.examples"), entries.exampleEntries(t, examples)],
    [t("palette.speeds"), entries.speedEntries(t)],
    // Named, not listed, for there are as many as there are things; last, since whoever types a name means the thing itself.
    ...(typed === "" ? [] : [[t("palette.ends"), entries.endEntries(t)] as const]),
  ];
  /** First the focus goes back to where it was: what is done then takes it on from there, before the next key comes. */
  const choose = (entry: entries.Entry) => {
    chose.current = true;
    flushSync(() => openDialog(null));
    focusBack();
    entry.run();
  };
  const closed = (event: Event) => {
    event.preventDefault();
    if (!chose.current) focusBack();
  };
  return (
    <Radix.Root open onOpenChange={(open) => !open && openDialog(null)}>
      <Radix.Portal>
        <Radix.Overlay className="dialog-veil" />
        <Radix.Content className="commands" aria-describedby={undefined} onCloseAutoFocus={closed} onEscapeKeyDown={sparesComposing}>
          <Radix.Title className="sr-only">{t("searchCommands")}</Radix.Title>
          <Command label={t("searchCommands")} shouldFilter={false} loop>
            <Command.Input className="commands-input" placeholder={t("searchCommands")} onValueChange={setTyped} />
            <Command.List className="commands-list">
              <Command.Empty className="quiet px-3 py-2">
                {t(currentSelection().length === 0 ? "nothingFoundOfNothing" : "nothingFound")}
              </Command.Empty>
              {likest(groups, typed).map(([heading, members]) => (
                <Command.Group key={heading} heading={heading}>
                  {members.map((entry) => (
                    <Item key={entry.id} entry={entry} choose={choose} />
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Item({ entry, choose }: { readonly entry: entries.Entry; readonly choose: (entry: entries.Entry) => void }) {
  return (
    <Command.Item value={entry.id} onSelect={() => choose(entry)} className="commands-item">
      <span className="min-w-0 flex-1 truncate">{entry.word}</span>
      {entry.note !== undefined && <span className="text-ink2">{entry.note}</span>}
      {entry.key !== undefined && <kbd>{keyText(entry.key)}</kbd>}
    </Command.Item>
  );
}

function useFetched<One>(fetch: () => Promise<readonly One[]>): readonly One[] {
  const [fetched, setFetched] = useState<readonly One[]>([]);
  useEffect(() => void fetch().then(setFetched), [fetch]);
  return fetched;
}
