import { surroundings } from "./surroundings.ts";
import { Written } from "./written.tsx";

/** A text that depends on the simulated time. It is written to the page at most ten times a second. */
export function Ticking({ text }: { readonly text: (nowUs: number) => string }) {
  const { followClock, nowUs } = surroundings();
  return <Written className="ticking" follow={followClock} text={() => text(nowUs())} />;
}
