import { useEffect, useState } from "react";
import { useCanvasWords } from "../kit/kit-words.ts";
import { overlay } from "../overlay/overlay.ts";
import type { Sampling } from "../overlay/messages.ts";
import { useStillness } from "./stillness.ts";

/** TIME.md 2: the canvas says when what it shows is slowed, and how little of it. */
export function SlowedNote() {
  const say = useCanvasWords();
  const still = useStillness();
  const [sampling, setSampling] = useState<Sampling | null>(null);
  useEffect(() => overlay.onSampling((now) => setSampling((before) => (before !== null && same(before, now) ? before : now))), []);
  if (still || sampling === null || !sampling.slowed) return null;
  const of = oneOf(sampling);
  return <div className="slowed-note">{of === 1 ? say("slowedAll") : say("slowed", { of })}</div>;
}

const oneOf = ({ shown, of }: Sampling): number => Math.max(1, Math.round(of / Math.max(1, shown)));
const same = (a: Sampling, b: Sampling): boolean => a.slowed === b.slowed && oneOf(a) === oneOf(b);
