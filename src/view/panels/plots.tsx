import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { NodeId } from "../../document/topology.ts";
import { seriesOf, type Series } from "../state/series.ts";
import { useTheme } from "../state/theme-store.ts";
import { useWords } from "../words/words.ts";

const height = 84;
const drawEveryMs = 250;

interface Line {
  readonly label: string;
  readonly colour: string;
  readonly values: (series: Series) => (number | null)[];
}

/** Three small plots that follow the run: rate, latency and losses. They draw themselves; React doesn't. */
export function Plots({ of }: { readonly of: NodeId }) {
  const t = useWords();
  const lines: readonly Line[] = [
    { label: t("plotRate"), colour: "--ink2", values: (series) => series.rate },
    { label: t("plotP95"), colour: "--ink2", values: (series) => series.p95Ms },
    { label: t("plotLost"), colour: "--bad", values: (series) => series.lost },
  ];
  return (
    <div className="plots">
      {lines.map((line) => (
        <Plot key={line.label} of={of} line={line} />
      ))}
    </div>
  );
}

function Plot({ of, line }: { readonly of: NodeId; readonly line: Line }) {
  const host = useRef<HTMLDivElement>(null);
  const theme = useTheme((state) => state.theme);
  useEffect(() => {
    const place = host.current!;
    const plot = new uPlot(optionsOf(line, place.clientWidth), dataOf(of, line), place);
    const room = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height }));
    room.observe(place);
    const timer = setInterval(() => plot.setData(dataOf(of, line)), drawEveryMs);
    return () => {
      clearInterval(timer);
      room.disconnect();
      plot.destroy();
    };
    // The line's function is made anew by each render and reads the same series.
  }, [of, line.label, theme]);
  return (
    <figure className="plot mt-2">
      <figcaption className="text-12 text-ink2">{line.label}</figcaption>
      <div ref={host} role="img" aria-label={line.label} />
    </figure>
  );
}

function dataOf(of: NodeId, line: Line): uPlot.AlignedData {
  const series = seriesOf(of);
  return [[...series.atS], [...line.values(series)]];
}

function optionsOf(line: Line, width: number): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--ink2"),
    grid: { stroke: colour("--hair"), width: 1 },
    ticks: { show: false },
    font: `11px ${colour("--mono")}`,
  };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.1 : 1] } },
    axes: [
      { ...axis, size: 18, values: (_plot, ticks) => ticks.map((at) => `${at} s`) },
      { ...axis, size: 40, space: 24 },
    ],
    series: [{}, { stroke: colour(line.colour), width: 1.5, points: { show: false } }],
  };
}
