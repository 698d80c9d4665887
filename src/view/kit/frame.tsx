import type { ReactNode } from "react";
import type { NodeId } from "../../document/topology.ts";
import { fitName } from "./name-fit.ts";
import { NodeRoot } from "./node-root.tsx";
import { StatusGlyph } from "./status-glyph.tsx";
import { surroundings, type Tally } from "./surroundings.ts";
import { useNode, type NodeView } from "./use-node.ts";

interface Props {
  readonly id: NodeId;
  readonly className?: string;
  /** At the right of the name: what it has. */
  readonly about?: (view: NodeView) => ReactNode;
  /** At the right end of the title strip. */
  readonly gauge?: (view: NodeView) => ReactNode;
  /** Words in the strip along its foot: its kernel. */
  readonly foot?: (view: NodeView) => ReactNode;
}

/** Narrower frames, in trouble, have room for the trouble only. */
const wide = 260;

/** A square-cornered frame with a title strip, and along its foot its kernel, if it has one. */
export function Frame({ id, className = "", about, gauge, foot }: Props) {
  const view = useNode(id);
  const width = surroundings().useWidth(id);
  const tally = surroundings().useTally(id);
  if (view === null) return null;
  const { record, status } = view;
  const isWell = status === null || status.tone === "running";
  const height = surroundings().footOf(record);
  return (
    <NodeRoot view={view} className={`frame ${className}`}>
      <div className="strip">
        {status !== null && !isWell && <StatusGlyph tone={status.tone} state={status.state} size={12} />}
        <span className="name" title={record.name}>
          {fitName(record.name, Math.max(60, width - 170))}
        </span>
        {tally !== null && <TallyRow tally={tally} />}
        {tally === null && (isWell || width >= wide) && <span className="about">{about?.(view)}</span>}
        <span className="end">
          {!isWell && <span className="state">{view.stateWord}</span>}
          {(isWell || width >= wide) && gauge?.(view)}
        </span>
      </div>
      {height > 0 && (
        <div className="foot" style={{ height }}>
          {foot?.(view)}
        </div>
      )}
    </NodeRoot>
  );
}

/** "18 ● 1 ▲ 1 ✕": what a frame holds, when that is too small to be read. */
function TallyRow({ tally }: { readonly tally: Tally }) {
  const parts = (["running", "busy", "doubtful", "dead"] as const).filter((tone) => tally[tone] > 0);
  return (
    <span className="tally">
      {parts.map((tone) => (
        <span key={tone}>
          {tally[tone]} <StatusGlyph tone={tone} size={11} />
        </span>
      ))}
    </span>
  );
}

/** How much of something is taken: a bar, with the numbers for those who hover or listen. */
export function Gauge({ share, label }: { readonly share: number; readonly label: string }) {
  return (
    <span className="gauge" role="img" aria-label={label} title={label}>
      <i style={{ width: `${Math.min(100, Math.max(0, share * 100))}%` }} />
    </span>
  );
}
