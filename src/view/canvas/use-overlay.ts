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
import { counterScale, detailAt, presenterScale, typeScale } from "./lod.ts";

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
  const look = () => {
    const { transform, width, height } = store.getState();
    const [x, y, zoom] = transform;
    const now = `${x} ${y} ${zoom} ${width} ${height} ${devicePixelRatio} ${useUi.getState().presenting}`;
    if (now === seen) return;
    seen = now;
    overlay.look({ x, y, zoom, width, height, ratio: devicePixelRatio });
    drawGrid(host, x, y, zoom);
    if (useCanvas.getState().detail !== detailAt(zoom)) useCanvas.setState({ detail: detailAt(zoom) });
  };
  look();
  const stops = [store.subscribe(look), useUi.subscribe(look)];
  return () => stops.forEach((stop) => stop());
}

/** The quiet grid follows the window; far out it thins, so that it stays quiet. */
function drawGrid(host: HTMLElement, x: number, y: number, zoom: number): void {
  const mesh = 24 * zoom * (zoom < 0.2 ? 8 : zoom < 0.4 ? 4 : zoom < 0.75 ? 2 : 1);
  host.style.backgroundSize = `${mesh}px ${mesh}px`;
  host.style.backgroundPosition = `${x}px ${y}px`;
  host.dataset["detail"] = detailAt(zoom);
  scaleBy(host, "--k", counterScale(zoom));
  const { presenting } = useUi.getState();
  host.dataset["presenting"] = String(presenting);
  scaleBy(host, "--t", presenting ? presenterScale(zoom, innerHeight) : typeScale(zoom));
  scaleBy(host, "--l", presenting ? 1.9 : 1);
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
