import { assign, createActor, setup } from "xstate";
import { nothing, type Mode, type ModeContext, type ModeEvent } from "./modes.ts";

/** What the pointer is doing on the canvas. One thing at a time: whatever begins ends what was under way. */
const modeMachine = setup({
  types: {} as { context: ModeContext; events: ModeEvent },
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

/** Starts it; `show` is called with each mode that it comes to, and what is returned takes what happens. */
export function startModeMachine(show: (mode: Mode) => void): (event: ModeEvent) => void {
  const actor = createActor(modeMachine);
  actor.subscribe(({ value, context }) => show({ ...context, state: value }));
  actor.start();
  return (event) => actor.send(event);
}
