import { useStoreApi } from "@xyflow/react";
import { useEffect, type RefObject } from "react";
import type { Ground } from "../overlay/messages.ts";
import { overlay, pointsPerWay } from "../overlay/overlay.ts";
import { currentDocument } from "../state/document-store.ts";
import { useTheme } from "../state/theme-store.ts";
import { useUi } from "../state/ui-store.ts";
import { onStillnessChange, prefersStillness } from "./stillness.ts";
import { useCanvas } from "./canvas-store.ts";
import { useDrawing, type Drawing } from "./drawing.ts";
import { Grid } from "./grid.ts";
import { counterScale, detailAt, presenterScale, typeScale } from "./lod.ts";
import { Panning } from "./panning.ts";

/** Keeps the overlay in step with the window on the drawing, with what is drawn, and with the theme. */
export function useOverlay(root: RefObject<HTMLElement | null>): void {
  const store = useStoreApi();
  useEffect(() => {
    const host = root.current!;
    const stops = [overlay.attach(host), followView(host, store), followGround(), followDress(host)];
    return () => stops.reverse().forEach((stop) => stop());
  }, [root, store]);
}

function followView(host: HTMLElement, store: ReturnType<typeof useStoreApi>): () => void {
  let seen = "";
  let zoomSeen = NaN;
  const grid = new Grid(host);
  const panning = new Panning(host);
  const look = () => {
    const { transform, width, height } = store.getState();
    const [x, y, zoom] = transform;
    const now = `${x} ${y} ${zoom} ${width} ${height} ${devicePixelRatio} ${useUi.getState().presenting}`;
    if (now === seen) return;
    seen = now;
    if (zoom === zoomSeen) panning.moved();
    zoomSeen = zoom;
    overlay.look({ x, y, zoom, width, height, ratio: devicePixelRatio });
    grid.follow(x, y, zoom);
    scale(host, zoom);
    if (useCanvas.getState().detail !== detailAt(zoom)) useCanvas.setState({ detail: detailAt(zoom) });
  };
  look();
  const stops = [store.subscribe(look), useUi.subscribe(look)];
  return () => {
    stops.forEach((stop) => stop());
    grid.remove();
    panning.stop();
  };
}

function scale(host: HTMLElement, zoom: number): void {
  const { presenting } = useUi.getState();
  mark(host, "detail", detailAt(zoom));
  mark(host, "presenting", String(presenting));
  scaleBy(host, "--k", counterScale(zoom));
  scaleBy(host, "--t", presenting ? presenterScale(zoom, innerHeight) : typeScale(zoom));
  scaleBy(host, "--l", presenting ? 1.9 : 1);
}

function mark(host: HTMLElement, name: string, value: string): void {
  if (host.dataset[name] !== value) host.dataset[name] = value;
}

function scaleBy(host: HTMLElement, name: string, scale: number): void {
  if (host.style.getPropertyValue(name) !== String(scale)) host.style.setProperty(name, String(scale));
}

function followGround(): () => void {
  overlay.stand(groundOf(useDrawing.getState()));
  return useDrawing.subscribe((now, before) => {
    if (now.ways !== before.ways || now.boxes !== before.boxes) overlay.stand(groundOf(now));
  });
}

function groundOf({ ways, boxes }: Drawing): Ground {
  const points = new Float32Array(ways.size * pointsPerWay);
  [...ways.values()].forEach((way, index) => points.set(way.points, index * pointsPerWay));
  const corners = new Float32Array(boxes.size * 4);
  [...boxes.values()].forEach((box, index) => corners.set([box.x, box.y, box.width, box.height], index * 4));
  const links = Object.values(currentDocument().links).map(({ id, from, to }) => [id, from, to] as const);
  return { keys: [...ways.keys()], points, links, boxIds: [...boxes.keys()], boxes: corners };
}

function followDress(host: HTMLElement): () => void {
  const dress = () => {
    const style = getComputedStyle(host);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    overlay.dress({
      accent: colour("--accent"),
      bad: colour("--bad"),
      quiet: colour("--ink2"),
      sheet: colour("--sheet"),
      ink: colour("--ink"),
      scale: useUi.getState().presenting ? 2 : 1,
      still: prefersStillness(),
    });
  };
  dress();
  const later = () => requestAnimationFrame(dress);
  const stops = [
    useTheme.subscribe(later),
    useUi.subscribe((now, before) => void (now.presenting !== before.presenting && later())),
    onStillnessChange(dress),
  ];
  return () => stops.forEach((stop) => stop());
}
