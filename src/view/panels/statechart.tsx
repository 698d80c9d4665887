import { useMemo } from "react";
import type { ChartDescription } from "../../runtime/protocol.ts";
import { useWords } from "../words/words.ts";
import { boxSize, layOutChart, type ChartEdge } from "./chart-layout.ts";

interface Props {
  readonly chart: ChartDescription;
  readonly names: Readonly<Record<string, string>>;
}

/** The machine that runs it, drawn from the machine itself: the lit state, the ways out of it, and all others. */
export function Statechart({ chart, names }: Props) {
  const t = useWords();
  const { machine, states, edges } = chart;
  const layout = useMemo(() => layOutChart({ states, edges }), [machine, states.length, edges.length]);
  const label = t("chartLabel", { state: names[chart.current] ?? chart.current });
  return (
    <div className="chart" role="img" aria-label={label}>
      <svg viewBox={`-1 -1 254 ${layout.height + 2}`} width="254" height={layout.height + 2} overflow="visible" aria-hidden="true">
        <defs>
          <marker id="chart-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">
            <path d="M0 .8 7 4 0 7.200" fill="none" stroke="context-stroke" strokeWidth="1.300" />
          </marker>
        </defs>
        {[...layout.edges].sort(litLast(chart.current)).map((edge) => (
          <path
            key={edge.key}
            d={edge.path}
            className={edge.from === chart.current ? "chart-edge lit" : "chart-edge"}
            markerEnd={edge.from === chart.current ? "url(#chart-arrow)" : undefined}
          />
        ))}
      </svg>
      {layout.boxes.map((box) => (
        <span
          key={box.state}
          className={box.state === chart.current ? "chart-box lit" : "chart-box"}
          style={{ left: box.x, top: box.y, width: boxSize.width, height: boxSize.height }}
        >
          {names[box.state] ?? box.state}
        </span>
      ))}
    </div>
  );
}

/** The ways out of the lit state are drawn over the others. */
const litLast = (current: string) => (a: ChartEdge, b: ChartEdge) => Number(a.from === current) - Number(b.from === current);
