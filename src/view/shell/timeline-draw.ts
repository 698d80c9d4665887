import type { Caption, TimelineBucket, TimeState, Tone } from "../../runtime/protocol.ts";

export interface Drawn {
  readonly buckets: readonly TimelineBucket[];
  readonly marks: readonly Caption[];
  readonly toUs: number;
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

function lengthOf(drawn: Drawn): number {
  return drawn.toUs / Math.max(1, drawn.buckets.length);
}

function topRate(drawn: Drawn): number {
  return Math.max(1, ...drawn.buckets.map((bucket) => perSecond(bucket.served + bucket.lost, lengthOf(drawn))));
}

function drawRate(pen: CanvasRenderingContext2D, drawn: Drawn, width: number, axis: number, colour: string): void {
  const top = topRate(drawn);
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  pen.beginPath();
  drawn.buckets.forEach((bucket, index) => {
    const x = ((bucket.fromUs + lengthOf(drawn) / 2) / drawn.toUs) * width;
    const y = axis - (perSecond(bucket.served, lengthOf(drawn)) / top) * (axis - 8);
    if (index === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  });
  pen.stroke();
}

function drawLosses(pen: CanvasRenderingContext2D, drawn: Drawn, width: number, axis: number, colour: string): void {
  const top = topRate(drawn);
  pen.fillStyle = colour;
  for (const bucket of drawn.buckets) {
    if (bucket.lost === 0) continue;
    const x = (bucket.fromUs / drawn.toUs) * width;
    const height = Math.max(3, (perSecond(bucket.lost, lengthOf(drawn)) / top) * (axis - 8));
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
