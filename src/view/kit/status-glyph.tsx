import type { Tone } from "../../runtime/protocol.ts";

const colour: Readonly<Record<Tone, string>> = {
  running: "var(--ok)",
  busy: "var(--busy)",
  doubtful: "var(--warn)",
  draining: "var(--warn)",
  dead: "var(--bad)",
  idle: "var(--ink3)",
};

export const toneColour = (tone: Tone): string => colour[tone];

/** A state's shape, 14 units square. What is fetching is an open ring, what waits or boots a dashed one. */
export function StatusGlyph({ tone, state = "", size = 14 }: { readonly tone: Tone; readonly state?: string; readonly size?: number }) {
  return (
    <svg className="glyph" viewBox="0 0 14 14" width={size} height={size} aria-hidden="true" style={{ color: colour[tone] }}>
      {shapeOf(tone, state)}
    </svg>
  );
}

function shapeOf(tone: Tone, state: string) {
  switch (tone) {
    case "running":
      return <circle cx="7" cy="7" r="5" fill="currentColor" />;
    case "busy":
      return state === "pulling" ? (
        <path d="M7 2a5 5 0 1 1-5 5" fill="none" stroke="currentColor" strokeWidth="2.2" />
      ) : (
        <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" strokeWidth="2.2" strokeDasharray="3.2 2.04" />
      );
    case "doubtful":
      return <path d="M7 1.500 13 12.500H1z" fill="currentColor" />;
    case "draining":
      return (
        <>
          <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" strokeWidth="1.600" />
          <path d="M7 2a5 5 0 0 0 0 10z" fill="currentColor" />
        </>
      );
    case "dead":
      return <path d="m2 2 10 10M12 2 2 12" fill="none" stroke="currentColor" strokeWidth="2.400" />;
    case "idle":
      return <circle cx="7" cy="7" r="4.600" fill="none" stroke="currentColor" strokeWidth="1.400" />;
  }
}
