import { useEffect, type ReactNode } from "react";
import type { NodeId } from "../../document/topology.ts";
import type { NodeStatus, PartStatus } from "../../runtime/protocol.ts";
import { useCanvasWords } from "./kit-words.ts";
import { partRows, rowsMost } from "./part-rows.ts";
import { surroundings } from "./surroundings.ts";

interface Props {
  readonly id: NodeId;
  readonly status: NodeStatus | null;
  /** Heights of the card above the rows, of one row, and below them. */
  readonly above: number;
  readonly rowHeight: number;
  readonly below: number;
  readonly empty: string;
  /** The word for the state of those folded away ("UP"). */
  readonly well: string;
  /** Whether lines leave at the row of the node that they lead to. */
  readonly exits: boolean;
  readonly children: (part: PartStatus) => ReactNode;
}

/** The parts of a thing, a row each. The card asks for the height it needs and shows as many as it gets room for. */
export function PartList({ id, status, above, rowHeight, below, empty, well, exits, children }: Props) {
  const { useHeight, wantHeight, letOut, placeOf } = surroundings();
  const say = useCanvasWords();
  const parts = status?.parts ?? [];
  const height = useHeight(id);
  const room = Math.max(1, Math.min(rowsMost, Math.floor((height - above - below) / rowHeight)));
  const { shown, folded, more } = partRows(parts, room, (part) => (part.node === null ? { x: 0, y: 0 } : placeOf(part.node)));
  useEffect(() => wantHeight(id, above + below + Math.min(parts.length, rowsMost) * rowHeight));
  useEffect(() => letOut(id, exits ? exitsOf(shown, above, rowHeight) : null));
  useEffect(() => () => (wantHeight(id, null), letOut(id, null)), [id, wantHeight, letOut]);
  return (
    <div className="parts" style={{ lineHeight: `${rowHeight}px` }}>
      {parts.length === 0 && <div className="part quiet">{empty}</div>}
      {shown.map((part) => (
        <div className="part" key={part.key} data-tone={part.tone}>
          {children(part)}
        </div>
      ))}
      {folded + more > 0 && (
        <div className="part quiet">
          {folded > 0 && say("more", { count: folded, state: well })} {more > 0 && say("moreOthers", { count: more })}
        </div>
      )}
    </div>
  );
}

function exitsOf(shown: readonly PartStatus[], above: number, rowHeight: number): ReadonlyMap<NodeId, number> {
  return new Map(shown.flatMap((part, index) => (part.node === null ? [] : [[part.node, above + (index + 0.5) * rowHeight] as const])));
}
