import { useMemo } from "react";
import { inOrder } from "../../document/tree.ts";
import { routeKey } from "../overlay/messages.ts";
import { useDocument } from "../state/document-store.ts";
import { useCanvas } from "./canvas-store.ts";
import { toCanvas } from "./camera.ts";
import { curveBetween, wayOf } from "./curve.ts";
import { centre, onSide, outward } from "./geometry.ts";
import { useDrawing } from "./drawing.ts";
import { linksLevel } from "./flow-nodes.ts";
import { LinkView, RouteView } from "./link-view.tsx";
import { useMode } from "./modes.ts";

/**
 * All links and routes, below the cards, so that no line ever hides a word: those that end inside a frame above the
 * frames, the others behind them, but what is selected is always in sight.
 */
export function LinksLayer() {
  const links = useDocument(({ document }) => document.links);
  const selection = useDocument((state) => state.selection);
  const routes = useDrawing((drawing) => drawing.routes);
  const behind = useDrawing((drawing) => drawing.behind);
  const ids = useMemo(() => inOrder(links).map(({ id }) => id), [links]);
  const isBehind = (key: string) => behind.has(key) && !selection.includes(key);
  const lines = (back: boolean) => [
    ...routes.flatMap(([from, to]) =>
      isBehind(routeKey(from, to)) === back ? [<RouteView key={routeKey(from, to)} from={from} to={to} />] : [],
    ),
    ...ids.flatMap((id) => (isBehind(id) === back ? [<LinkView key={id} id={id} />] : [])),
  ];
  return (
    <>
      <svg className="links" style={{ zIndex: 0 }}>
        {lines(true)}
      </svg>
      <svg className="links" style={{ zIndex: linksLevel }}>
        {lines(false)}
        <DrawnLink />
      </svg>
    </>
  );
}

/** The link that follows the pointer: dashed, for it is not there yet. */
function DrawnLink() {
  const drawn = useMode((context) => context.drawn);
  const pointer = useCanvas((state) => state.pointer);
  const aim = useCanvas((state) => state.aim);
  const from = useDrawing(({ boxes }) => (drawn === null ? undefined : boxes.get(drawn.from)));
  const to = useDrawing(({ boxes }) => (aim?.refusal === null && aim.frame !== null ? boxes.get(aim.frame) : undefined));
  if (drawn === null || pointer === null || from === undefined) return null;
  const end = to === undefined ? toCanvas(pointer) : onSide(to, "left", 0.5);
  const leftward = end.x < centre(from).x;
  const start = onSide(from, "right", 0.5);
  const way = wayOf([curveBetween(start, outward.right, end, leftward && to === undefined ? outward.right : outward.left)]);
  return <path className="drawn" d={way.d} data-forbidden={aim !== null && aim.refusal !== null} />;
}
