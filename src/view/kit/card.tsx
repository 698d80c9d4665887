import type { CSSProperties, ReactNode } from "react";
import type { NodeId } from "../../document/topology.ts";
import { fitName, longestWord, nameWidth } from "./name-fit.ts";
import { NodeRoot } from "./node-root.tsx";
import { StatusGlyph } from "./status-glyph.tsx";
import { surroundings } from "./surroundings.ts";
import { Ticking } from "./ticking.tsx";
import { useCanvasWords } from "./kit-words.ts";
import { useNode, type NodeView } from "./use-node.ts";

interface Props {
  readonly id: NodeId;
  readonly className?: string;
  /** What stands under the name; left out: the state's word and the address. */
  readonly children?: (view: NodeView) => ReactNode;
  /** At the right of the name. */
  readonly aside?: (view: NodeView) => ReactNode;
}

/** How much larger names are set for the back row, at most. */
const presented = 1.44;

/** A rounded card: a state's shape, a name, and rows. Zoomed out it becomes a chip, then a glyph (by style alone). */
export function Card({ id, className = "", children, aside }: Props) {
  const view = useNode(id);
  const { useWidth, useNear, usePresenting } = surroundings();
  const lines = aside === undefined ? 2 : 1;
  const width = useWidth(id);
  const room = (width - (aside === undefined ? 42 : 96)) / (usePresenting() ? presented : 1);
  const near = useNear();
  if (view === null) return null;
  const { record, status } = view;
  const name = fitName(record.name, room * lines * (lines > 1 ? 0.94 : 1));
  return (
    <NodeRoot view={view} className={`card ${className}`} wraps={nameWidth(name) > room}>
      <div className="head">
        {status !== null && <StatusGlyph tone={status.tone} state={status.state} />}
        <span className="name" style={fit(name, width)} title={name === record.name ? undefined : record.name}>
          {name}
        </span>
        {aside?.(view)}
      </div>
      {children !== undefined && <div className="rows">{children(view)}</div>}
      {children === undefined && near && (
        <div className="rows">
          <StateAndAddress view={view} />
        </div>
      )}
    </NodeRoot>
  );
}

/** What the style needs to set a name so small that no word of it breaks. */
const fit = (name: string, width: number) => ({ "--word": Math.max(1, longestWord(name)), "--width": `${width}px` }) as CSSProperties;

export function StateAndAddress({ view }: { readonly view: NodeView }) {
  return (
    <>
      <StateRow view={view} />
      <AddressRow view={view} />
    </>
  );
}

/** The state's word, and that it is unhealthy if that is not the word; of the dead, how long ago. */
export function StateRow({ view: { record, status, stateWord } }: { readonly view: NodeView }) {
  const say = useCanvasWords();
  const done = useProgress(record.id);
  const isIll = surroundings().useFact(record.id, "health") === "health.unhealthy";
  if (status === null) return null;
  return (
    <div className="state">
      {stateWord}
      {done !== null && ` ${done}`}
      {isIll && status.state !== "unhealthy" && ` · ${say("unhealthy")}`}
      {status.tone === "dead" && (
        <>
          {" "}
          <span className="between">· </span>
          <Ticking text={(nowUs) => say("ago", { time: surroundings().since(Math.max(0, nowUs - status.sinceUs)) })} />
        </>
      )}
    </div>
  );
}

/** "3/5" of a pull's layers. */
function useProgress(id: NodeId): string | null {
  const { useFact, statusOf } = surroundings();
  const layers = useFact(id, "layers");
  const steps = useFact(id, "steps");
  const done = layers ?? steps;
  const all = statusOf(id)?.facts.find(({ key }) => key === "layers" || key === "steps")?.upper;
  return done === null || all === undefined ? null : `${done}/${all}`;
}

export function AddressRow({ view: { status } }: { readonly view: NodeView }) {
  if (status === null || (status.address === null && status.lostAddress === null)) return null;
  return status.address === null ? (
    <div className="address gone">{status.lostAddress}</div>
  ) : (
    <div className="address">{status.address}</div>
  );
}
