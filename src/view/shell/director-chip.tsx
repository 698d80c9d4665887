import { keyMap } from "../keys/key-map.ts";
import { uiCommands } from "../keys/ui-commands.ts";
import type { TimeState } from "../../runtime/protocol.ts";
import { useTimeOf } from "../state/run-store.ts";
import { useWords, type WordKey } from "../words/words.ts";
import { Button } from "./button.tsx";
import { DirectorIcon } from "./icons.tsx";

const paceWord: Readonly<Record<TimeState["pace"], WordKey | null>> = {
  asked: null,
  slowed: "paceSlowed",
  hurrying: "paceHurrying",
  behind: "paceBehind",
};

/** Whether the clock slows around what matters, and what it is doing about it now. */
export function DirectorChip() {
  const t = useWords();
  const on = useTimeOf((time) => time.director);
  const pace = useTimeOf((time) => time.pace);
  return (
    <Button
      className={`director ${on ? "" : "text-ink3"}`}
      title={t("directorHelp")}
      keys={keyMap.director}
      aria-pressed={on}
      onClick={uiCommands.director.run}
    >
      <DirectorIcon size={15} />
      <span className="director-word">{t(paceWord[pace] ?? (on ? "directorOn" : "directorOff"))}</span>
    </Button>
  );
}
