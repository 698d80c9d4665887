import { useEffect, useRef } from "react";
import { currentTime, runEvents } from "../state/run-store.ts";
import { clockText } from "../words/format.ts";
import { useWords } from "../words/words.ts";

/** Simulated time. It is written straight into the page each frame; React does not render for it. */
export function Clock() {
  const t = useWords();
  const text = useRef<HTMLTimeElement>(null);
  useEffect(() => {
    const write = (us: number) => {
      if (text.current !== null) text.current.textContent = clockText(us);
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
