import { useEffect, useRef } from "react";
import { currentTime, runEvents } from "../state/run-store.ts";
import { clockText } from "../words/format.ts";
import { useWords } from "../words/words.ts";

/**
 * Simulated time. It is written straight into the page each frame; React does not render for it. Its size is told, not
 * found, so that the page around it is not laid out anew each time.
 */
export function Clock() {
  const t = useWords();
  const text = useRef<HTMLTimeElement>(null);
  useEffect(() => {
    let signs = 0;
    const write = (us: number) => {
      const now = clockText(us);
      text.current!.textContent = now;
      if (now.length !== signs) text.current!.style.setProperty("--signs", String((signs = now.length)));
    };
    write(currentTime().nowUs);
    return runEvents.onFrame((frame) => write(frame.time.nowUs));
  }, []);
  return (
    <time ref={text} className="clock" role="timer" aria-label={t("simulatedTime")} title={t("simulatedTime")} data-testid="clock">
      0.000 s
    </time>
  );
}
