import { createKeybindingsHandler } from "tinykeys";
import { hands } from "../hands/hands.ts";
import { kinds } from "../state/kinds.ts";
import { isReachedByKey } from "../shell/reached.ts";
import { useUi } from "../state/ui-store.ts";
import { actOnSelection } from "./act-on.ts";
import { actKeys, keyMap } from "./key-map.ts";
import { uiCommands, type UiCommand } from "./ui-commands.ts";

/** Keys that may be held down; every other key does its work once however long it is held. */
const repeatable: ReadonlySet<string> = new Set([
  ...[keyMap.step, keyMap.next, keyMap.previous, keyMap.nextToo, keyMap.previousToo, keyMap.undo, keyMap.redo, keyMap.redoToo],
  ...[keyMap.walkLinks, keyMap.nextPart, keyMap.previousPart],
]);

/** What a focused control takes for itself: Space presses a button and ticks a box, the arrows walk through tabs and along sliders. */
const takenBy: Readonly<Record<string, string>> = {
  [keyMap.play]: "button, a[href], summary, [role=tab], [role=menuitem], [type=checkbox]",
  [keyMap.next]: "[role=tab], [role=slider], [type=range]",
  [keyMap.previous]: "[role=tab], [role=slider], [type=range]",
  [keyMap.nextToo]: "[role=slider], [type=range], [role=log], [role=group][tabindex]",
  [keyMap.previousToo]: "[role=slider], [type=range], [role=log], [role=group][tabindex]",
};

/** Listens for every key of the map. Returns how to stop. */
export function listenForKeys(): () => void {
  const handler = createKeybindingsHandler(Object.fromEntries(bindings()));
  const listener = (event: KeyboardEvent) => {
    if (!isForSomethingElse(event)) handler(event);
  };
  window.addEventListener("keydown", listener);
  return () => window.removeEventListener("keydown", listener);
}

type Binding = [key: string, handler: (event: KeyboardEvent) => void];

function bindings(): Binding[] {
  const commands = Object.values(uiCommands as Record<string, UiCommand>).filter((command) => command.key !== undefined);
  return [
    ...commands.map((command) => bind(command.key!, command.run)),
    ...commands.flatMap(({ alsoKey, run }) => (alsoKey === undefined ? [] : [bind(alsoKey, run)])),
    ...actKeys.map(({ key, acts }) => bind(key, () => actOnSelection(acts))),
    ...[...kinds().values()].map((kind) => bind(kind.palette.key, () => hands(({ placeKind }) => placeKind(kind.id)))),
  ];
}

function bind(key: string, run: () => void): Binding {
  return [
    key,
    (event) => {
      if (event.repeat && !repeatable.has(key)) return;
      if (takenBy[key] !== undefined && isIn(event.target, takenBy[key]) && isReachedByKey(event.target)) return;
      if (isPaste(key)) return;
      event.preventDefault();
      run();
    },
  ];
}

/** Pasting is left to the browser's `paste` event, which alone may read the clipboard without asking. */
const isPaste = (key: string): boolean => key === keyMap.paste || key === keyMap.copy || key === keyMap.cut;

/** Typing, composing a word in 中文, a dialog that is open: then keys are not ours. */
function isForSomethingElse(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return true;
  if (useUi.getState().dialog !== null) return true;
  if (isForThePage(event) && !isIn(event.target, "[role=dialog], [role=menu]")) return false;
  return isIn(
    event.target,
    "input:not([type=range], [type=checkbox]), textarea, select, [contenteditable], [role=menu], [role=listbox], [role=dialog]",
  );
}

/** Keys that type nothing: they lead out of a field, find a command, and keep the browser from saving the page. */
const isForThePage = (event: KeyboardEvent): boolean =>
  event.key === "F6" || ((event.ctrlKey || event.metaKey) && ["k", "s", "o"].includes(event.key.toLowerCase()));

const isIn = (target: EventTarget | null, selector: string): boolean => target instanceof Element && target.closest(selector) !== null;
