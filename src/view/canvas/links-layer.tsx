import { useMemo } from "react";
import { inOrder } from "../../document/tree.ts";
import { useDocument } from "../state/document-store.ts";
import { useCanvas } from "./canvas-store.ts";
import { toCanvas } from "./camera.ts";
import { curveBetween, wayOf } from "./curve.ts";
import { centre, onSide, outward } from "./geometry.ts";
import { useDrawing } from "./drawing.ts";
import { linksLevel } from "./flow-nodes.ts";
import { LinkView, RouteView } from "./link-view.tsx";
import { useMode } from "./use-mode.ts";

/** All links and routes: above the frames, below the cards, so that no line ever hides a word. */
export function LinksLayer() {
  const links = useDocument(({ document }) => document.links);
  const routes = useDrawing((drawing) => drawing.routes);
  const ids = useMemo(() => inOrder(links).map(({ id }) => id), [links]);
  return (
    <svg className="links" style={{ zIndex: linksLevel }} aria-hidden="true">
      {routes.map(([from, to]) => (
        <RouteView key={`${from} ${to}`} from={from} to={to} />
      ))}
      {ids.map((id) => (
        <LinkView key={id} id={id} />
      ))}
      <DrawnLink />
    </svg>
  );
}

/** The link that follows the pointer: dashed, for it is not there yet. */
function DrawnLink() {
  const drawn = useMode((context) => context.drawn);
  const pointer = useCanvas((state) => state.pointer);
  const aim = useCanvas((state) => state.aim);
  const from = useDrawing(({ boxes }) => (drawn === null ? undefined : boxes.get(drawn.from)));
  const to = useDrawing(({ boxes }) => (aim?.ok === true && aim.frame !== null ? boxes.get(aim.frame) : undefined));
  if (drawn === null || pointer === null || from === undefined) return null;
  const end = to === undefined ? toCanvas(pointer) : onSide(to, "left", 0.5);
  const leftward = end.x < centre(from).x;
  const start = onSide(from, "right", 0.5);
  const way = wayOf([curveBetween(start, outward.right, end, leftward && to === undefined ? outward.right : outward.left)]);
  return <path className="drawn" d={way.d} data-forbidden={aim?.ok === false} />;
}
