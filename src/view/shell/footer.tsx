import { useTold } from "../state/told.ts";
import { useUi } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";
import { keyMap } from "../keys/key-map.ts";
import { uiCommands } from "../keys/ui-commands.ts";
import { IconButton } from "./button.tsx";
import { CaptionBar, CaptionsBefore } from "./caption-bar.tsx";
import { Clock } from "./clock.tsx";
import { DirectorChip } from "./director-chip.tsx";
import { CloseIcon } from "./icons.tsx";
import { ReplayMenu } from "./replay-menu.tsx";
import { SpeedChip } from "./speed-chip.tsx";
import { Timeline } from "./timeline.tsx";
import { MarkButtons, Transport } from "./transport.tsx";

/** What is happening, in a sentence, and the time in which it happens. */
export function Footer() {
  const t = useWords();
  const told = useTold();
  const presenting = useUi((ui) => ui.presenting);
  return (
    <footer className="footer" aria-label={t("timeControls")}>
      <CaptionBar told={told} />
      <div className="time-row">
        {!presenting && <Transport />}
        <Clock />
        <SpeedChip />
        {presenting ? (
          <>
            <CaptionsBefore told={told} />
            <IconButton label={t("leavePresenting")} keys={keyMap.escape} onClick={uiCommands.present.run}>
              <CloseIcon />
            </IconButton>
          </>
        ) : (
          <>
            <DirectorChip />
            <MarkButtons />
            <ReplayMenu />
            <Timeline />
          </>
        )}
      </div>
    </footer>
  );
}
