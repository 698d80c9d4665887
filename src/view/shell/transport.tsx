import { keyMap } from "../keys/key-map.ts";
import { uiCommands } from "../keys/ui-commands.ts";
import { useTimeOf } from "../state/run-store.ts";
import { clockText } from "../words/format.ts";
import { useWords } from "../words/words.ts";
import { IconButton } from "./button.tsx";
import { MarkIcon, NextIcon, PauseIcon, PlayIcon, PreviousIcon, ReturnIcon, StepIcon } from "./icons.tsx";

/** Back to the last thing worth a caption, play and pause, on to the next one, and one event of the kernel at a time. */
export function Transport() {
  const t = useWords();
  const playing = useTimeOf((time) => time.playing);
  return (
    <div className="flex items-center gap-2" role="group" aria-label={t("transport")}>
      <IconButton className="round" label={t("previousCaption")} keys={keyMap.previous} onClick={uiCommands.previous.run}>
        <PreviousIcon size={16} />
      </IconButton>
      <IconButton className="round main" label={t(playing ? "pause" : "play")} keys={keyMap.play} onClick={uiCommands.play.run}>
        {playing ? <PauseIcon size={16} /> : <PlayIcon size={16} />}
      </IconButton>
      <IconButton className="round" label={t("nextCaption")} keys={keyMap.next} onClick={uiCommands.next.run}>
        <NextIcon size={16} />
      </IconButton>
      <IconButton className="round" label={t("stepEvent")} keys={keyMap.step} onClick={uiCommands.step.run}>
        <StepIcon size={16} />
      </IconButton>
    </div>
  );
}

export function MarkButtons() {
  const t = useWords();
  const markUs = useTimeOf((time) => time.markUs);
  const marked = markUs === null ? t("mark") : t("markedAt", { time: clockText(markUs) });
  return (
    <div className="flex items-center" role="group" aria-label={t("markGroup")}>
      <IconButton label={marked} keys={keyMap.mark} onClick={uiCommands.mark.run}>
        <MarkIcon />
      </IconButton>
      <IconButton label={t("returnToMark")} keys={keyMap.back} disabled={markUs === null} onClick={uiCommands.back.run}>
        <ReturnIcon />
      </IconButton>
    </div>
  );
}
