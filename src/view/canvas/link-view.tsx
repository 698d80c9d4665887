import { memo, useCallback, useSyncExternalStore, type CSSProperties, type MouseEvent } from "react";
import type { LinkId, LinkRecord, NodeId } from "../../document/topology.ts";
import { canvasWord } from "../kit/kit-words.ts";
import { routeKey } from "../overlay/messages.ts";
import { currentSelection, select, useDocument } from "../state/document-store.ts";
import { run, topics } from "../state/run-state.ts";
import { useLinkRate } from "../state/run-store.ts";
import { rateText } from "../words/format.ts";
import { useLanguage } from "../words/words.ts";
import { arrowOf } from "./arrow.ts";
import { useIsCut } from "./cut-links.ts";
import { along, shownOf, type Way } from "./curve.ts";
import { useDrawing } from "./drawing.ts";
import { linkLabel, linkName } from "./link-label.ts";
import { widthOf } from "./labels.ts";
import type { Point } from "./geometry.ts";
import { openMenu } from "./modes.ts";
import { heavy, light, weightOf } from "./terrain.ts";
import { useStillness } from "./stillness.ts";

/** A link of the document. */
export const LinkView = memo(function LinkView({ id }: { readonly id: LinkId }) {
  const link = useDocument(({ document }) => document.links[id]);
  const way = useDrawing(({ ways }) => ways.get(id));
  const selected = useDocument(({ selection }) => selection.includes(id));
  const cut = useIsCut(id);
  const name = useLinkName(link, cut);
  if (link === undefined || way === undefined) return null;
  return (
    <g
      className="link"
      role="button"
      tabIndex={-1}
      aria-label={name}
      aria-pressed={selected}
      data-link={id}
      data-selected={selected}
      data-cut={cut}
      onClick={(event) => choose(event, id)}
      onContextMenu={(event) => offer(event, id)}
    >
      <path className="hit" d={selected ? way.d : shownOf(way)} />
      <Line way={way} whole={selected} weight={weightOf(link)} cut={cut} />
      <LinkRate id={id} way={way} />
      <LinkLabel link={link} />
    </g>
  );
});

/** How a link is told aloud: "link from client-1 to front, call, cut". */
function useLinkName(link: LinkRecord | undefined, cut: boolean): string {
  const language = useLanguage((state) => state.language);
  const name = useDocument(() => linkName(link, language));
  return cut ? `${name}, ${canvasWord(language, "cutLink")}` : name;
}

/** A route that the run discovered: thin, and a little thicker while its target gets requests. */
export const RouteView = memo(function RouteView({ from, to }: { readonly from: NodeId; readonly to: NodeId }) {
  const key = routeKey(from, to);
  const way = useDrawing(({ ways }) => ways.get(key));
  const at = useDrawing(({ labels }) => labels.get(key));
  const used = useIsUsed(from, to);
  const still = useStillness();
  if (way === undefined) return null;
  return (
    <g className="link route" aria-hidden="true" data-route={key}>
      <Line way={way} whole={false} weight={used ? heavy : light} cut={false} />
      {still && <ShownRate id={key} way={way} />}
      {still && at !== undefined && <RateLabel id={key} text={null} at={at} />}
    </g>
  );
});

/** Whether one thing's row about another says that it is well. */
function useIsUsed(from: NodeId, to: NodeId): boolean {
  const subscribe = useCallback((listener: () => void) => topics.state.subscribe(from, listener), [from]);
  return useSyncExternalStore(subscribe, () => {
    const part = run.states.get(from)?.parts.find(({ node }) => node === to);
    return part === undefined || part.tone === "running";
  });
}

interface LineProps {
  readonly way: Way;
  /** Drawn to its very end, also where neighbours share its trunk. */
  readonly whole: boolean;
  readonly weight: number;
  readonly cut: boolean;
}

function Line({ way, whole, weight, cut }: LineProps) {
  const d = whole || cut ? way.d : shownOf(way);
  if (d === "") return null;
  const middle = along(way, 0.5);
  const style = { "--weight": weight } as CSSProperties;
  return (
    <>
      <path className="line" d={d} style={style} pathLength={100} strokeDasharray={cut ? "44 12 44" : undefined} />
      <path className="line" d={arrowOf(d, way)} style={style} />
      {cut && <path className="cross" d={`M${middle.x - 6} ${middle.y - 6}l12 12m0 -12l-12 12`} />}
    </>
  );
}

/** With reduced motion nothing travels: a line's weight tells its rate, and its label the number. */
function LinkRate({ id, way }: { readonly id: LinkId; readonly way: Way }) {
  return useStillness() ? <ShownRate id={id} way={way} /> : null;
}

function ShownRate({ id, way }: { readonly id: string; readonly way: Way }) {
  const { requests } = useLinkRate(id);
  if (requests === 0) return null;
  const weight = Math.min(9, 1.6 + Math.log2(1 + requests) * 0.8);
  return <path className="rate" d={shownOf(way)} style={{ "--weight": weight } as CSSProperties} />;
}

function LinkLabel({ link }: { readonly link: LinkRecord }) {
  const language = useLanguage((state) => state.language);
  const still = useStillness();
  const at = useDrawing(({ labels }) => labels.get(link.id));
  const text = linkLabel(link, language);
  if (at === undefined) return null;
  return still ? <RateLabel id={link.id} text={text} at={at} /> : text === null ? null : <Plate at={at} text={text} />;
}

function RateLabel({ id, text, at }: { readonly id: string; readonly text: string | null; readonly at: Point }) {
  const { requests } = useLinkRate(id);
  const words = [text, requests > 0 ? rateText(requests) : null].filter((word) => word !== null).join(" · ");
  return words === "" ? null : <Plate at={at} text={words} />;
}

/** Words on a plate of paper, so that no line runs through them. */
function Plate({ at, text }: { readonly at: Point; readonly text: string }) {
  const width = widthOf(text);
  return (
    <g className="plate" transform={`translate(${at.x} ${at.y})`}>
      <g className="scaled">
        <rect x={-width / 2} y={-9} width={width} height={18} rx={4} />
        <text textAnchor="middle" y={4}>
          {text}
        </text>
      </g>
    </g>
  );
}

/** The canvas hears of the click, too: it may be a dot on the line that is meant. */
function choose(event: MouseEvent, id: LinkId): void {
  const selection = currentSelection();
  if (!event.ctrlKey && !event.metaKey) return select([id]);
  select(selection.includes(id) ? selection.filter((other) => other !== id) : [...selection, id]);
}

function offer(event: MouseEvent, id: LinkId): void {
  event.preventDefault();
  event.stopPropagation();
  select([id]);
  openMenu({ about: "link", id, at: { x: event.clientX, y: event.clientY } });
}
