import ELK from "elkjs/lib/elk-api.js";
import workerUrl from "elkjs/lib/elk-worker.min.js?url";

type Box = { readonly id: string; readonly width: number; readonly height: number };

let engine: InstanceType<typeof ELK> | null = null;

/** ELK runs in a worker of its own, fetched with the first layout. */
const elk = (): InstanceType<typeof ELK> => (engine ??= new ELK({ workerUrl }));

/** Where each box goes, from (0, 0), in layers along the edges. */
export async function layOut(boxes: readonly Box[], edges: readonly (readonly [string, string])[], direction: "RIGHT" | "DOWN") {
  if (boxes.length === 0) return [];
  const graph = await elk().layout({
    id: "root",
    layoutOptions: {
      "elk.algorithm": edges.length > 0 ? "layered" : "rectpacking",
      "elk.direction": direction,
      "elk.padding": "[top=0,left=0,bottom=0,right=0]",
      "elk.spacing.nodeNode": edges.length > 0 ? "36" : "12",
      "elk.layered.spacing.nodeNodeBetweenLayers": "96",
      "elk.aspectRatio": "2",
    },
    children: boxes.map((box) => ({ ...box })),
    edges: edges.map(([from, to], index) => ({ id: String(index), sources: [from], targets: [to] })),
  });
  return (graph.children ?? []).map(({ id, x = 0, y = 0 }) => ({ id, x, y }));
}
