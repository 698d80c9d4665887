import { useMemo, useRef, type MouseEvent, type PointerEvent, type RefObject } from "react";
import type { Hit } from "../overlay/messages.ts";
import { overlay } from "../overlay/overlay.ts";
import { currentSelection, select } from "../state/document-store.ts";
import { openJourney } from "../state/run-store.ts";
import { openDialog } from "../state/ui-store.ts";
import { useCanvas } from "./canvas-store.ts";
import { nodeUnder } from "./camera.ts";
import type { Point } from "./geometry.ts";
import { openMenuBeside } from "./in-hand.ts";
import { isMode, openMenu } from "./modes.ts";

/** A dot is hit within this many pixels; on a card or a label, which want their own clicks, only if it is meant. */
const [reach, reachOnCard] = [24, 9];
/** A press that wanders farther is a drag. */
const dragPixels = 4;

interface Press {
  readonly at: Point;
  readonly hit: Promise<Hit | null>;
  readonly selection: readonly string[];
}

/** What a press on the canvas means beyond what React Flow makes of it: dots, menus, focus. */
export function usePointing(root: RefObject<HTMLElement | null>) {
  const press = useRef<Press | null>(null);
  return useMemo(
    () => ({
      onPointerDownCapture: (event: PointerEvent) => {
        press.current = event.button === 0 && isMode("idle") ? pressed(event, root.current) : null;
      },
      onClick: (event: MouseEvent) => {
        if (press.current !== null) void clicked(event, press.current);
        press.current = null;
      },
      onContextMenu: (event: MouseEvent) => offerMenu(event),
      onDoubleClick: (event: MouseEvent) => {
        if (nodeUnder(pointOf(event)) === null) openDialog("commands");
      },
      onFocus: (event: React.FocusEvent) => {
        const id = (event.target as HTMLElement).closest<HTMLElement>("[data-node]")?.dataset["node"];
        if (id !== undefined) useCanvas.setState({ focused: id });
      },
    }),
    [root],
  );
}

const pointOf = (event: { readonly clientX: number; readonly clientY: number }): Point => ({ x: event.clientX, y: event.clientY });

/** Dots move: what is hit is asked when the button goes down, not when it comes up. */
function pressed(event: PointerEvent, root: HTMLElement | null): Press {
  const at = pointOf(event);
  const { x, y } = root?.getBoundingClientRect() ?? { x: 0, y: 0 };
  const target = event.target as Element;
  const radius = target.closest(".card, .plate") === null ? reach : reachOnCard;
  const isChrome = target.closest("[data-port], [role=menu], button, a") !== null;
  return { at, hit: isChrome ? Promise.resolve(null) : overlay.pick(at.x - x, at.y - y, radius), selection: currentSelection() };
}

/** A click on a dot opens its journey and is nothing else. */
async function clicked(event: MouseEvent, press: Press): Promise<void> {
  const at = pointOf(event);
  if (Math.hypot(at.x - press.at.x, at.y - press.at.y) > dragPixels) return;
  const hit = await press.hit;
  if (hit === null) return;
  select(press.selection);
  overlay.hold(hit);
  openJourney(hit.client, hit.number, at);
}

/** The right button, the menu key or Shift+F10, on a node or on the empty canvas. */
function offerMenu(event: MouseEvent): void {
  const target = (event.target as Element).closest<HTMLElement>("[data-node]");
  if ((event.target as Element).closest("[role=menu]") !== null) return event.preventDefault();
  event.preventDefault();
  const id = target?.dataset["node"];
  if (id === undefined) return openMenu({ about: "canvas", at: pointOf(event) });
  if (!currentSelection().includes(id)) select([id]);
  const byKey = event.button !== 2;
  if (byKey) openMenuBeside("node", id);
  else openMenu({ about: "node", id, at: pointOf(event) });
}
