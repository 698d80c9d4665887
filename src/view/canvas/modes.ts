import { assign, createActor, setup } from "xstate";
import type { NodeId } from "../../document/topology.ts";
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

interface Context {
  readonly kind: string | null;
  readonly drawn: Drawn | null;
  readonly menu: MenuTopic | null;
}

type ModeEvent =
  | { readonly type: "PLACE"; readonly kind: string }
  | { readonly type: "LINK"; readonly drawn: Drawn }
  | { readonly type: "DRAG" }
  | { readonly type: "MENU"; readonly menu: MenuTopic }
  | { readonly type: "END" };

const nothing: Context = { kind: null, drawn: null, menu: null };

/** What the pointer is doing on the canvas. One thing at a time: whatever begins ends what was under way. */
export const modeMachine = setup({
  types: {} as { context: Context; events: ModeEvent },
  actions: {
    place: assign(({ event }) => (event.type === "PLACE" ? { ...nothing, kind: event.kind } : nothing)),
    link: assign(({ event }) => (event.type === "LINK" ? { ...nothing, drawn: event.drawn } : nothing)),
    offer: assign(({ event }) => (event.type === "MENU" ? { ...nothing, menu: event.menu } : nothing)),
    forget: assign(() => nothing),
  },
}).createMachine({
  id: "canvas",
  initial: "idle",
  context: nothing,
  on: {
    PLACE: { target: ".placing", actions: "place" },
    LINK: { target: ".linking", actions: "link" },
    DRAG: { target: ".dragging", actions: "forget" },
    MENU: { target: ".choosing", actions: "offer" },
    END: { target: ".idle", actions: "forget" },
  },
  states: { idle: {}, placing: {}, linking: {}, dragging: {}, choosing: {} },
});

export const modes = createActor(modeMachine).start();
export const endMode = (): void => modes.send({ type: "END" });
export const openMenu = (menu: MenuTopic): void => modes.send({ type: "MENU", menu });
