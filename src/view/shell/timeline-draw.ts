import type { Caption, TimelineBucket, TimeState, Tone } from "../../runtime/protocol.ts";

export interface Drawn {
  readonly buckets: readonly TimelineBucket[];
  readonly marks: readonly Caption[];
  readonly toUs: number;
  /** How far the run has come: beyond that nothing is drawn. */
  readonly reachedUs: number;
}

const shortestUs = 30_000_000;
/** Where the axis lies, of the canvas's height. */
const axisAt = 0.72;

/** How much time the scrubber shows: half a minute, and longer as the run outgrows it, in steps that keep it still for a while. */
export function spanOf(time: Pick<TimeState, "nowUs" | "reachedUs">): number {
  const reached = Math.max(time.nowUs, time.reachedUs);
  let span = shortestUs;
  while (span < reached * 1.02) span *= span % 3 === 0 ? 4 / 3 : 3 / 2;
  return span;
}

const toneVariable: Readonly<Record<Tone, string>> = {
  running: "--ok",
  busy: "--busy",
  doubtful: "--warn",
  draining: "--warn",
  dead: "--bad",
  idle: "--ink3",
};

/** The rate as a line above the axis, losses as bars on it, a tick below it for each thing worth a caption. */
export function drawTimeline(canvas: HTMLCanvasElement, drawn: Drawn): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  pen.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = Math.round(height * axisAt) + 0.5;
  drawAxis(pen, width, axis, colour("--line"));
  drawLosses(pen, drawn, width, axis, colour("--bad"));
  drawRate(pen, drawn, width, axis, colour("--ink2"));
  for (const mark of drawn.marks) drawTick(pen, (mark.atUs / drawn.toUs) * width, axis, colour(toneVariable[mark.tone]), mark.tone);
}

function drawAxis(pen: CanvasRenderingContext2D, width: number, axis: number, colour: string): void {
  pen.strokeStyle = colour;
  pen.beginPath();
  pen.moveTo(0, axis);
  pen.lineTo(width, axis);
  pen.stroke();
}

/** Requests that ended in a bucket, as so many in a second: buckets may differ in length. */
const perSecond = (count: number, lengthUs: number): number => (count * 1_000_000) / lengthUs;

const lengthOf = (drawn: Drawn): number => drawn.toUs / Math.max(1, drawn.buckets.length);

/** The rate is told over a second, as everywhere else; shorter buckets would draw chance. */
const rateWindowUs = 1_000_000;

/** Served in a second up to each bucket that has passed. */
function rates(drawn: Drawn): number[] {
  const length = lengthOf(drawn);
  const over = Math.max(1, Math.round(rateWindowUs / length));
  const passed = drawn.buckets.filter((bucket) => bucket.fromUs + length <= drawn.reachedUs);
  return passed.map((_, index) => {
    const recent = passed.slice(Math.max(0, index - over + 1), index + 1);
    return perSecond(
      recent.reduce((sum, bucket) => sum + bucket.served, 0),
      recent.length * length,
    );
  });
}

function drawRate(pen: CanvasRenderingContext2D, drawn: Drawn, width: number, axis: number, colour: string): void {
  const line = rates(drawn);
  const top = Math.max(1, ...line) * 1.15;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  pen.beginPath();
  line.forEach((rate, index) => {
    const x = ((index + 1) * lengthOf(drawn) * width) / drawn.toUs;
    const y = axis - (rate / top) * (axis - 4);
    if (index === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  });
  pen.stroke();
}

function drawLosses(pen: CanvasRenderingContext2D, drawn: Drawn, width: number, axis: number, colour: string): void {
  const top = Math.max(1, ...drawn.buckets.map((bucket) => bucket.served + bucket.lost));
  pen.fillStyle = colour;
  for (const bucket of drawn.buckets) {
    if (bucket.lost === 0) continue;
    const x = (bucket.fromUs / drawn.toUs) * width;
    const height = Math.max(3, (bucket.lost / top) * (axis - 8));
    pen.fillRect(x, axis - height, Math.max(2, width / drawn.buckets.length - 1), height);
  }
}

function drawTick(pen: CanvasRenderingContext2D, x: number, axis: number, colour: string, tone: Tone): void {
  const long = tone === "dead" || tone === "running";
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(x, axis);
  pen.lineTo(x, axis + (long ? 12 : 8));
  pen.stroke();
}
