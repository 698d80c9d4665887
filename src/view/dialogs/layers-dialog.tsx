import { useState, type CSSProperties } from "react";
import type { ImageStack } from "../../runtime/protocol.ts";
import { nodeInHand } from "../canvas/in-hand.ts";
import { icicleOf, savingsOf, type Slab } from "../images/icicle.ts";
import { imageOf } from "../images/image-of.ts";
import { useAnswer } from "../state/answers.ts";
import { currentDocument } from "../state/document-store.ts";
import { kindOf } from "../state/kinds.ts";
import { useLookup } from "../words/lookup.ts";
import { useWords } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";
import "./layers.css";

const megabytes = (bytes: number): string => String(Number((bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)));
/** As Docker shortens it. */
const short = (digest: string): string => digest.slice("sha256:".length, "sha256:".length + 12);

/** The images of a machine or a registry, stacked upon what they share. */
export function LayersDialog() {
  const t = useWords();
  const [id] = useState(nodeInHand);
  const stacks = useAnswer<readonly ImageStack[]>("layers", id) ?? [];
  const node = id === null ? undefined : currentDocument().nodes[id];
  if (node === undefined) return <Dialog title={t("layersShow")} about={t("selectFirst")} children={null} />;
  const isRegistry = kindOf(node.kind)?.accepts.includes("pull") === true;
  const isPlace = isRegistry || (kindOf(node.kind)?.places.length ?? 0) > 0;
  const place = isPlace || node.parent === null ? node : currentDocument().nodes[node.parent]!;
  if (stacks.length === 0) return <Dialog title={t("layersOf", { name: place.name })} about={t("layersNone")} children={null} />;
  const { allBytes, storedBytes } = savingsOf(stacks, isRegistry);
  const sums = {
    images: stacks.length,
    all: megabytes(allBytes),
    stored: megabytes(storedBytes),
    saved: megabytes(allBytes - storedBytes),
  };
  return (
    <Dialog title={t("layersOf", { name: place.name })} about={t("layersAbout")} wide>
      <Stacks stacks={stacks} marked={isPlace ? null : { node: node.id, image: imageOf(node) }} />
      <p className="layers-saved">{t("layersSaved", sums)}</p>
    </Dialog>
  );
}

interface Marked {
  readonly node: string;
  readonly image: string | null;
}

function Stacks({ stacks, marked }: { readonly stacks: readonly ImageStack[]; readonly marked: Marked | null }) {
  const icicle = icicleOf(stacks);
  const largest = Math.max(...icicle.slabs.map(({ layer }) => layer.bytes));
  // A name stands on its stack's top layer, so the grid has one row more than there are layers.
  const columns = { "--columns": icicle.stacks.length } as CSSProperties;
  return (
    <div className="layers" style={columns} tabIndex={0} role="group">
      {icicle.stacks.map((stack, column) => (
        <Top
          key={stack.digest}
          stack={stack}
          column={column}
          row={icicle.depth + 1 - stack.layers.length}
          marked={isMarked(stack, marked)}
        />
      ))}
      {icicle.slabs.map((slab) => (
        <LayerSlab key={`${slab.layer.chain} ${slab.column}`} slab={slab} row={icicle.depth + 1 - slab.depth} largest={largest} />
      ))}
    </div>
  );
}

function isMarked({ instances, names }: ImageStack, marked: Marked | null): boolean {
  if (marked === null) return false;
  return instances.includes(marked.node) || (marked.image !== null && names.includes(marked.image));
}

interface TopProps {
  readonly stack: ImageStack;
  readonly column: number;
  readonly row: number;
  readonly marked: boolean;
}

/** An image's names, its digest, and how many instances it has here. */
function Top({ stack: { digest, names, instances }, column, row, marked }: TopProps) {
  const t = useWords();
  return (
    <div className="layers-top" data-marked={marked} style={{ gridColumn: column + 1, gridRow: row }}>
      <strong title={names.join(" ")}>{names.length === 0 ? t("layersUnnamed") : names.join(" ")}</strong>
      <span className="font-mono text-12 text-ink2">
        {short(digest)} {instances.length > 0 && t("layersInstances", { count: instances.length })}
      </span>
    </div>
  );
}

/** One layer: the instruction that made it, its digest, its size (as a bar, too) and its role. */
function LayerSlab({
  slab: { layer, column, span },
  row,
  largest,
}: {
  readonly slab: Slab;
  readonly row: number;
  readonly largest: number;
}) {
  const { part } = useLookup();
  return (
    <div
      className="layers-slab"
      data-role={layer.role}
      data-shared={span > 1}
      title={`${layer.madeBy}\n${layer.digest}`}
      style={{ gridColumn: `${column + 1} / span ${span}`, gridRow: row }}
    >
      <span className="layers-made">{layer.madeBy}</span>
      <span className="layers-about">
        <span className="font-mono">{short(layer.digest)}</span>
        <span>{part(layer.role) ?? layer.role}</span>
        <span className="font-mono">{megabytes(layer.bytes)} MB</span>
      </span>
      <i className="layers-size" style={{ width: `${Math.max(1, (layer.bytes / largest) * 100)}%` }} />
    </div>
  );
}
