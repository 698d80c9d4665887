import { create } from "zustand";
import type { NodeId } from "../../document/topology.ts";
import { later } from "../state/later.ts";
import type { Point } from "./geometry.ts";

/** A link that is being drawn: from a node, in one of its roles. */
export interface Drawn {
  readonly from: NodeId;
  readonly role: string;
}

/** What the menu that is open offers. `at` is in window pixels. */
export type MenuTopic =
  | { readonly about: "node" | "link"; readonly id: string; readonly at: Point }
  | { readonly about: "canvas"; readonly at: Point }
  /** The ends that a node's links may have. */
  | { readonly about: "ends"; readonly id: NodeId; readonly at: Point }
  /** The frames that it may be moved into. */
  | { readonly about: "homes"; readonly id: NodeId; readonly at: Point }
  /** The kinds of a new node at the end of a drawn link. */
  | { readonly about: "new end"; readonly drawn: Drawn; readonly parent: NodeId | null; readonly at: Point };

export interface ModeContext {
  readonly kind: string | null;
  readonly drawn: Drawn | null;
  readonly menu: MenuTopic | null;
}

export interface Mode extends ModeContext {
  readonly state: "idle" | "placing" | "linking" | "dragging" | "choosing";
}

export type ModeEvent =
  | { readonly type: "PLACE"; readonly kind: string }
  | { readonly type: "LINK"; readonly drawn: Drawn }
  | { readonly type: "DRAG" }
  | { readonly type: "MENU"; readonly menu: MenuTopic }
  | { readonly type: "END" };

export const nothing: ModeContext = { kind: null, drawn: null, menu: null };

const useModes = create<Mode>(() => ({ ...nothing, state: "idle" }));

/** What the pointer is doing; the machine decides. It is fetched once the canvas is drawn, and is told then what it missed. */
export const modeMachine = later(async () => {
  const { startModeMachine } = await import("./mode-machine.ts");
  return startModeMachine((mode) => useModes.setState(mode));
});

export const enter = (event: ModeEvent): void => modeMachine((happened) => happened(event));
export const endMode = (): void => enter({ type: "END" });
export const openMenu = (menu: MenuTopic): void => enter({ type: "MENU", menu });
export const isMode = (state: Mode["state"]): boolean => useModes.getState().state === state;

/** One aspect of what the pointer is doing. */
export const useMode = <Value>(aspect: (mode: Mode) => Value): Value => useModes(aspect);
