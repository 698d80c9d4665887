export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Each draws all points (x, y, x, y …) of one shape with one style: plain rectangles cost a quarter of arcs. */
export function squares(context: Context, points: Float32Array, colour: string, size: number): void {
  context.fillStyle = colour;
  for (let at = 0; at < points.length; at += 2) context.fillRect(points[at]! - size / 2, points[at + 1]! - size / 2, size, size);
}

export function hollowSquares(context: Context, points: Float32Array, colour: string, inside: string, size: number): void {
  squares(context, points, colour, size);
  squares(context, points, inside, size - 3);
}

export function diamonds(context: Context, points: Float32Array, colour: string, inside: string, scale: number): void {
  const reach = 4.6 * scale;
  outline(context, points, colour, inside, 1.4 * scale, (x, y) => {
    context.moveTo(x, y - reach);
    context.lineTo(x + reach, y);
    context.lineTo(x, y + reach);
    context.lineTo(x - reach, y);
    context.closePath();
  });
}

export function triangles(context: Context, points: Float32Array, colour: string, scale: number): void {
  const reach = 4 * scale;
  outline(context, points, colour, colour, 1, (x, y) => {
    context.moveTo(x, y - reach);
    context.lineTo(x + reach, y + reach * 0.8);
    context.lineTo(x - reach, y + reach * 0.8);
    context.closePath();
  });
}

export function circles(context: Context, points: Float32Array, colour: string, inside: string, scale: number): void {
  const reach = 3.2 * scale;
  outline(context, points, colour, inside, 1.4 * scale, (x, y) => {
    context.moveTo(x + reach, y);
    context.arc(x, y, reach, 0, Math.PI * 2);
  });
}

export function bars(context: Context, points: Float32Array, colour: string, scale: number): void {
  context.fillStyle = colour;
  for (let at = 0; at < points.length; at += 2)
    context.fillRect(points[at]! - 5 * scale, points[at + 1]! - 2 * scale, 10 * scale, 4 * scale);
}

export function crosses(context: Context, points: Float32Array, colour: string, scale: number): void {
  if (points.length === 0) return;
  const reach = 4.6 * scale;
  context.strokeStyle = colour;
  context.lineWidth = 2.4 * scale;
  context.beginPath();
  for (let at = 0; at < points.length; at += 2) {
    const [x, y] = [points[at]!, points[at + 1]!];
    context.moveTo(x - reach, y - reach);
    context.lineTo(x + reach, y + reach);
    context.moveTo(x + reach, y - reach);
    context.lineTo(x - reach, y + reach);
  }
  context.stroke();
}

export function ring(context: Context, x: number, y: number, radius: number, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.stroke();
}

/** A number that ends at `x`, on a plate of its own, so that no border or line runs through it. */
export function count(context: Context, text: string, x: number, y: number, colour: string, plate: string): void {
  context.font = "11.5px monospace";
  context.textAlign = "right";
  context.fillStyle = plate;
  const { width } = context.measureText(text);
  context.fillRect(x - width - 2, y - 11, width + 4, 14);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

function outline(
  context: Context,
  points: Float32Array,
  colour: string,
  inside: string,
  width: number,
  trace: (x: number, y: number) => void,
): void {
  if (points.length === 0) return;
  context.beginPath();
  for (let at = 0; at < points.length; at += 2) trace(points[at]!, points[at + 1]!);
  context.fillStyle = inside;
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}
