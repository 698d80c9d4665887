import { Suspense, useEffect, useLayoutEffect, useRef, type KeyboardEvent, type PointerEvent } from "react";
import type { Caption, Frame, TimelineBucket } from "../../runtime/protocol.ts";
import { useDocument } from "../state/document-store.ts";
import { laterView } from "../state/later.ts";
import { ask, currentTime, runEvents, send } from "../state/run-store.ts";
import { useTheme } from "../state/theme-store.ts";
import { clockText } from "../words/format.ts";
import { useWords } from "../words/words.ts";
import { drawTimeline, spanOf } from "./timeline-draw.ts";

const readEveryMs = 1000;
const pixelsPerBucket = 4;
const secondUs = 1_000_000;

/** The run at a glance, and the way to any instant of it: the rate, the losses, a tick for each event; click, drag or keys. */
export function Timeline() {
  const t = useWords();
  const box = useRef<HTMLDivElement>(null);
  const playhead = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const dragging = useRef(false);
  useDrawing(canvas, box);
  useHead(playhead, box);
  const seekTo = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = box.current!.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (event.clientX - left) / width));
    send({ type: "seek", toUs: Math.round(part * spanOf(currentTime())) });
  };
  return (
    <div className="timeline-frame">
      <div
        ref={box}
        className="timeline"
        role="slider"
        tabIndex={0}
        aria-label={t("timeline")}
        aria-valuemin={0}
        onKeyDown={seekByKey}
        onPointerDown={(event) => {
          dragging.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          seekTo(event);
        }}
        onPointerMove={(event) => {
          if (dragging.current) seekTo(event);
        }}
        onPointerUp={() => (dragging.current = false)}
        onPointerCancel={() => (dragging.current = false)}
      >
        <canvas ref={canvas} className="absolute inset-0 h-full w-full" />
        <div ref={playhead} className="playhead" />
      </div>
      <ShownPlan />
    </div>
  );
}

const Planned = laterView(() => import("./planned.tsx").then(({ Planned }) => Planned));

/** Most diagrams schedule nothing; beside the slider, for what stands in one is told to nobody. */
function ShownPlan() {
  const isPlanned = useDocument(({ document }) => Object.keys(document.schedule).length > 0);
  return <Suspense fallback={null}>{isPlanned && <Planned />}</Suspense>;
}

const keySteps: Readonly<Record<string, number>> = {
  ArrowRight: secondUs,
  ArrowLeft: -secondUs,
  PageUp: 10 * secondUs,
  PageDown: -10 * secondUs,
};

/** Where a key has sent the run that is not there yet: keys pressed quickly build on each other. */
let sought = { toUs: 0, atMs: -Infinity };
const soughtForMs = 1000;
const startUs = (): number => (performance.now() - sought.atMs < soughtForMs ? sought.toUs : currentTime().nowUs);

/** It is there: wherever it goes from now on, by another way too, the next key starts from where it is. */
function arrived({ fresh }: Frame): void {
  if (fresh && Math.abs(currentTime().nowUs - sought.toUs) < secondUs / 2) sought = { toUs: 0, atMs: -Infinity };
}

function seekByKey(event: KeyboardEvent): void {
  const { reachedUs } = currentTime();
  const nowUs = startUs();
  const step = keySteps[event.key];
  const toUs = event.key === "Home" ? 0 : event.key === "End" ? reachedUs : step === undefined ? null : Math.max(0, nowUs + step);
  if (toUs === null) return;
  event.preventDefault();
  event.stopPropagation();
  sought = { toUs, atMs: performance.now() };
  send({ type: "seek", toUs });
}

/**
 * The head moves without React. It is as wide as its box and moves by a share of itself, so that nothing need be
 * measured, and only when it would be seen to; where it stands is said to those who listen ten times a second.
 */
function useHead(playhead: React.RefObject<HTMLDivElement | null>, box: React.RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    let placed = "";
    const place = () => {
      const time = currentTime();
      const at = `translateX(${((time.nowUs / spanOf(time)) * 100).toFixed(1)}%)`;
      if (at !== placed) playhead.current!.style.transform = placed = at;
    };
    const say = () => {
      const time = currentTime();
      box.current!.setAttribute("aria-valuemax", String(Math.round(spanOf(time) / 1000)));
      box.current!.setAttribute("aria-valuenow", String(Math.round(time.nowUs / 1000)));
      box.current!.setAttribute("aria-valuetext", clockText(time.nowUs));
    };
    place();
    say();
    const stops = [runEvents.onFrame(place), runEvents.onFrame(arrived), runEvents.onTime(say)];
    return () => stops.forEach((stop) => stop());
  }, [playhead, box]);
}

/** What is drawn is asked of the session now and then, while there is anything new. */
function useDrawing(canvas: React.RefObject<HTMLCanvasElement | null>, box: React.RefObject<HTMLDivElement | null>): void {
  const theme = useTheme((state) => state.theme);
  useEffect(() => {
    let live = true;
    let drawn = "";
    const draw = async (again = false) => {
      const width = box.current?.clientWidth ?? 0;
      const time = currentTime();
      const wanted = `${time.nowUs} ${time.reachedUs} ${width}`;
      if (width === 0 || (wanted === drawn && !again)) return;
      drawn = wanted;
      const toUs = spanOf(time);
      const buckets = await ask<TimelineBucket[] | null>({
        about: "timeline",
        fromUs: 0,
        toUs,
        buckets: Math.ceil(width / pixelsPerBucket),
      });
      const marks = await ask<Caption[] | null>({ about: "marks", fromUs: 0, toUs });
      if (live && canvas.current !== null) {
        drawTimeline(canvas.current, { buckets: buckets ?? [], marks: marks ?? [], toUs, reachedUs: time.reachedUs });
      }
    };
    const timer = setInterval(() => void draw(), readEveryMs);
    const stopFresh = runEvents.onFrame((frame) => {
      if (frame.fresh) void draw(true);
    });
    const resize = new ResizeObserver(() => void draw(true));
    if (box.current !== null) resize.observe(box.current);
    return () => {
      live = false;
      clearInterval(timer);
      stopFresh();
      resize.disconnect();
    };
  }, [canvas, box, theme]);
}
