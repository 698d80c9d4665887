import { actKeys, keyText } from "../keys/key-map.ts";
import { uiCommands, type CommandGroup, type UiCommand } from "../keys/ui-commands.ts";
import { kinds } from "../state/kinds.ts";
import { openDialog } from "../state/ui-store.ts";
import { actName, kindWords, useWords } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";

const groups: readonly CommandGroup[] = ["time", "edit", "view", "file", "help"];

interface Line {
  readonly key: string;
  readonly word: string;
}

/** Every key, from the same table that listens for it. */
export function KeysDialog() {
  const t = useWords();
  const commands = Object.values(uiCommands as Record<string, UiCommand>);
  const linesOf = (group: CommandGroup): Line[] =>
    commands
      .filter((command) => command.group === group && command.key !== undefined)
      .map(({ key, alsoKey, ...command }) => ({
        key: [key!, ...(alsoKey === undefined ? [] : [alsoKey])].map(keyText).join("  "),
        word: t(command.name),
      }));
  const acts = actKeys.map(({ key, acts: names }) => ({
    key: keyText(key),
    word: names.map((name) => actName(name, null, t.language)).join(" · "),
  }));
  const placing = [...kinds().values()].map((kind) => ({ key: keyText(kind.palette.key), word: kindWords(kind.id, t.language).name }));
  const canvas = (["pan", "zoom", "fit", "walk", "nudge", "contextMenu"] as const).map((name) => ({
    key: canvasKeys[name],
    word: t(`canvasKey.${name}`),
  }));
  return (
    <Dialog title={t("keyHelp")} about={t("keyHelpAbout")} wide>
      <div className="keys" tabIndex={0} role="group" aria-label={t("keyHelp")}>
        <Group title={t("keys.acts")} lines={acts} />
        {groups.map((group) => (
          <Group key={group} title={t(`keys.${group}`)} lines={linesOf(group)} />
        ))}
        <Group title={t("keys.place")} lines={placing} />
        <Group title={t("keys.canvas")} lines={canvas} />
      </div>
      <button type="button" className="link-button" onClick={() => openDialog("how-true")}>
        {t("howTrue")}
      </button>
    </Dialog>
  );
}

/** Keys that the canvas itself listens for. */
const canvasKeys = { pan: "Shift ←↑→↓", zoom: "+ −", fit: "1", walk: "Tab ←↑→↓", nudge: "Alt ←↑→↓", contextMenu: "Shift F10" } as const;

function Group({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 font-semibold">{title}</h3>
      <dl>
        {lines.map((line) => (
          <div key={`${line.key} ${line.word}`} className="flex gap-3 py-0.5">
            <dt className="w-24 shrink-0">
              <kbd>{line.key}</kbd>
            </dt>
            <dd>{line.word}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
