import "@xyflow/react/dist/base.css";
import "./canvas.css";
import { ReactFlow, ReactFlowProvider, ViewportPortal, useReactFlow, useStoreApi, type NodeChange, type NodeTypes } from "@xyflow/react";
import { memo, Suspense, useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { hands } from "../hands/hands.ts";
import { faces } from "../kit/face.ts";
import { useCanvasWords } from "../kit/kit-words.ts";
import { currentSelection, select, useDocument } from "../state/document-store.ts";
import { kinds } from "../state/kinds.ts";
import { laterView } from "../state/later.ts";
import { useStands } from "../state/stands.ts";
import { onReveal, useUi } from "../state/ui-store.ts";
import { bringIntoSight, fitView, followOpening, followRoom, takeCamera, zoomRange } from "./camera.ts";
import { dragEnd, dragOver, takeMoves } from "./dragging.ts";
import { followDrawing, useDrawing } from "./drawing.ts";
import { FlowNodes } from "./flow-nodes.ts";
import { listenForViewKeys, onCanvasKey } from "./keyboard.ts";
import { LinksLayer } from "./links-layer.tsx";
import { modeMachine, useMode } from "./modes.ts";
import { PointerNotes } from "./pointer-notes.tsx";
import { SlowedNote } from "./slowed-note.tsx";
import "./surround.ts";
import { followTabStop } from "./tab-stop.ts";
import { useOverlay } from "./use-overlay.ts";
import { usePointing } from "./pointing.ts";
import { useWheel } from "./wheel.ts";

const grid: [number, number] = [12, 12];
const addKeys = ["Meta", "Control"];
/** React Flow holds 60 frames a second up to about 300 mounted nodes; well before that only the visible ones are mounted. */
const mountAllUpTo = 150;

/** The canvas: the document drawn, the run painted over it, and all that a hand or a key can do to it. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Stage />
    </ReactFlowProvider>
  );
}

function Stage() {
  const root = useRef<HTMLDivElement>(null);
  const say = useCanvasWords();
  const flow = useReactFlow();
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    takeCamera(flow, root.current);
    const stops = [
      followDrawing(),
      followOpening(),
      followRoom(root.current!),
      followTabStop(),
      listenForViewKeys(),
      onReveal(bringIntoSight),
    ];
    setDrawn(true);
    return () => stops.forEach((stop) => stop());
  }, [flow]);
  useOverlay(root);
  useSkippedAttribution(root, drawn);
  const pointing = usePointing(root);
  return (
    <div ref={root} className="canvas" onKeyDown={onCanvasKey} {...pointing}>
      {drawn && <Flow label={say("canvas")} />}
      <SlowedNote />
      <PointerNotes />
      <OpenMenu />
    </div>
  );
}

/** The menus come with the machine that opens them. */
const CanvasMenu = laterView(() => import("./menus.tsx").then(({ CanvasMenu }) => CanvasMenu));

function OpenMenu() {
  const isOpen = useMode(({ menu }) => menu !== null);
  return (
    isOpen && (
      <Suspense fallback={null}>
        <CanvasMenu />
      </Suspense>
    )
  );
}

/** React Flow's name stays to be read and clicked; Tab goes from the nodes to the panels, not to another's page. */
function useSkippedAttribution(root: RefObject<HTMLElement | null>, drawn: boolean): void {
  useEffect(() => root.current?.querySelector(".react-flow__attribution a")?.setAttribute("tabindex", "-1"), [root, drawn]);
}

/** The first document is shown whole as soon as there is a window to show it in; `followOpening` sees to the later ones. */
function useFirstFit(): void {
  const { viewportInitialized } = useReactFlow();
  useEffect(() => {
    if (viewportInitialized) void fitView({ still: true });
  }, [viewportInitialized]);
}

/** The presenter's mode fills the window with the drawing; leaving it shows the drawing as large as life again. */
function useFitForPresenting(): void {
  const presenting = useUi((state) => state.presenting);
  const before = useRef(presenting);
  useEffect(() => {
    if (before.current === presenting) return;
    before.current = presenting;
    const request = requestAnimationFrame(() => requestAnimationFrame(() => void fitView({ large: presenting })));
    return () => cancelAnimationFrame(request);
  }, [presenting]);
}

const Flow = memo(function Flow({ label }: { readonly label: string }) {
  const nodes = useFlowNodes();
  const store = useStoreApi();
  const panOnScroll = useWheel();
  useFirstFit();
  const { stands } = useStands();
  // What a hand needs comes after what an eye needs.
  useEffect(() => {
    if (!stands) return;
    for (const part of [hands, modeMachine]) part.fetch().catch(() => undefined);
    CanvasMenu.fetchAhead();
  }, [stands]);
  useFitForPresenting();
  const changed = (changes: NodeChange[]) => {
    takeMoves(changes);
    takeSelection(changes, store.getState().multiSelectionActive || store.getState().userSelectionActive);
  };
  return (
    <ReactFlow
      aria-label={label}
      nodes={nodes}
      nodeTypes={useMemo(nodeTypes, [])}
      onNodesChange={changed}
      onNodeDrag={(event, _, dragged) => dragOver(event, dragged)}
      onNodeDragStop={(event, _, dragged) => dragEnd(event, dragged)}
      {...zoomRange}
      snapToGrid
      snapGrid={grid}
      zIndexMode="manual"
      elevateNodesOnSelect={false}
      onlyRenderVisibleElements={nodes.length > mountAllUpTo}
      nodesFocusable={false}
      edgesFocusable={false}
      nodesConnectable={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      multiSelectionKeyCode={addKeys}
      panOnScroll={panOnScroll}
      zoomOnDoubleClick={false}
      // A rubber band begins beside the outermost things, near the window's edge: there it must not pull the drawing away.
      autoPanOnSelection={false}
      nodeDragThreshold={3}
    >
      <ViewportPortal>
        <LinksLayer />
      </ViewportPortal>
    </ReactFlow>
  );
});

function useFlowNodes() {
  const document = useDocument((state) => state.document);
  const selection = useDocument((state) => state.selection);
  const boxes = useDrawing((state) => state.boxes);
  const positions = useDrawing((state) => state.positions);
  const [flowNodes] = useState(() => new FlowNodes());
  return useMemo(
    () => flowNodes.derive(document, kinds(), boxes, positions, new Set(selection)),
    [flowNodes, document, boxes, positions, selection],
  );
}

/** A kind's face by its id; each renders by what it subscribes to, never because its neighbour changed. */
function nodeTypes(): NodeTypes {
  return Object.fromEntries(
    [...faces()].map(([kind, { node: Face }]) => [kind, memo(({ id }: { readonly id: string }) => <Face id={id} />)]),
  );
}

/** What React Flow says is selected, and the links, if something is added to what was. */
function takeSelection(changes: readonly NodeChange[], adds: boolean): void {
  const told = changes.filter((change) => change.type === "select");
  if (told.length === 0) return;
  const { nodes } = useDocument.getState().document;
  const now = new Set(currentSelection().filter((id) => adds || nodes[id] !== undefined));
  for (const { id, selected } of told) {
    if (selected) now.add(id);
    else now.delete(id);
  }
  select([...now]);
}
