import { useEffect, useRef } from "react";
import { surroundings } from "./surroundings.ts";

/** A text that depends on the simulated time. It is written to the page at most ten times a second and renders nothing. */
export function Ticking({ text }: { readonly text: (nowUs: number) => string }) {
  const span = useRef<HTMLSpanElement>(null);
  const latest = useRef(text);
  useEffect(() => void (latest.current = text));
  useEffect(() => {
    let written = "";
    return surroundings().followClock((nowUs) => {
      const now = latest.current(nowUs);
      if (now === written || span.current === null) return;
      span.current.textContent = written = now;
    });
  }, []);
  return <span ref={span} className="ticking" />;
}
