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
  const onPage = createKeybindingsHandler(Object.fromEntries(bindings()));
  const inDialog = createKeybindingsHandler(Object.fromEntries(reading.map(({ key, run }) => bind(key, run))));
  const listener = (event: KeyboardEvent) => {
    if (!isForSomethingElse(event)) onPage(event);
    else if (useUi.getState().dialog !== null && !isWriting(event)) inDialog(event);
  };
  window.addEventListener("keydown", listener);
  return () => window.removeEventListener("keydown", listener);
}

/** How the page speaks and looks is switched over a dialog too: in front of a class it is what one reads there that must change. */
const reading = [uiCommands.language, uiCommands.theme];

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
  if (useUi.getState().dialog !== null) return true;
  if (isForThePage(event) && !isComposing(event) && !isIn(event.target, "[role=dialog], [role=menu]")) return false;
  return isWriting(event) || isIn(event.target, "[role=dialog]");
}

/** What is pressed goes into a field, or chooses in a list. */
const isWriting = (event: KeyboardEvent): boolean =>
  isComposing(event) ||
  isIn(event.target, "input:not([type=range], [type=checkbox]), textarea, select, [contenteditable], [role=menu], [role=listbox]");

/** A word in 中文 is being composed, or somebody has taken the key already. */
const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229 || event.defaultPrevented;

/** Keys that type nothing: they lead out of a field, find a command, and keep the browser from saving the page. */
const isForThePage = (event: KeyboardEvent): boolean =>
  event.key === "F6" || ((event.ctrlKey || event.metaKey) && ["k", "s", "o"].includes(event.key.toLowerCase()));

const isIn = (target: EventTarget | null, selector: string): boolean => target instanceof Element && target.closest(selector) !== null;
