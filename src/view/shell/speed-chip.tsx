import { useEffect, useState } from "react";
import { changeSpeed, speeds } from "../keys/ui-commands.ts";
import { keyMap } from "../keys/key-map.ts";
import { send, useTimeOf } from "../state/run-store.ts";
import { speedText } from "../words/format.ts";
import { useWords } from "../words/words.ts";
import { IconButton } from "./button.tsx";
import { Popover } from "./popover.tsx";

/** How fast simulated time passes on screen: always said, and set from 0.001 to 1000 times. */
export function SpeedChip() {
  const t = useWords();
  const speed = useTimeOf((time) => Number(time.speed.toPrecision(2)));
  return (
    <Popover label={t("speed")} face={t("speedIs", { time: speedText(speed) })} className="chip speed">
      <SpeedControl />
    </Popover>
  );
}

const presets = [0.01, 0.1, 0.25, 1, 10, 100] as const;

function SpeedControl() {
  const t = useWords();
  const asked = useTimeOf((time) => time.speedAsked);
  const set = (speed: number) => send({ type: "speed", speed });
  return (
    <div className="w-80 p-3">
      <div className="mb-2 font-semibold">{t("speedIs", { time: speedText(asked) })}</div>
      <div className="flex items-center gap-2">
        <IconButton label={t("slower")} keys={keyMap.slower} onClick={() => changeSpeed(-1)}>
          −
        </IconButton>
        <SpeedSlider asked={asked} set={set} />
        <IconButton label={t("faster")} keys={keyMap.faster} onClick={() => changeSpeed(1)}>
          +
        </IconButton>
      </div>
      <div className="mt-2 flex flex-wrap gap-1 [&_.chip]:px-1.5">
        {presets.map((speed) => (
          <button key={speed} type="button" className="chip" aria-pressed={speed === asked} onClick={() => set(speed)}>
            ×{speed}
          </button>
        ))}
      </div>
    </div>
  );
}

function SpeedSlider({ asked, set }: { readonly asked: number; readonly set: (speed: number) => void }) {
  const t = useWords();
  // Where the hand is goes before what the session has heard so far, and the slider stays the element that has the focus.
  const [moving, setMoving] = useState<number | null>(null);
  useEffect(() => setMoving(null), [asked]);
  return (
    <input
      type="range"
      className="flex-1"
      aria-label={t("speed")}
      aria-valuetext={speedText(asked)}
      min={0}
      max={speeds.length - 1}
      step={1}
      value={moving ?? nearest(asked)}
      onChange={(event) => {
        setMoving(Number(event.target.value));
        set(speeds[Number(event.target.value)]!);
      }}
    />
  );
}

const nearest = (speed: number): number => {
  const index = speeds.findIndex((candidate) => candidate >= speed * 0.999);
  return index < 0 ? speeds.length - 1 : index;
};
