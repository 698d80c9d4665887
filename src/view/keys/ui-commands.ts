import { goToNextLink, nodeInHand, openMenuBeside } from "../canvas/in-hand.ts";
import { chooseFile } from "../saving/import-file.ts";
import { hands } from "../hands/hands.ts";
import { openBlank } from "../saving/open.ts";
import { currentDocument, select } from "../state/document-store.ts";
import { later } from "../state/later.ts";
import { askedSpeed, currentTime, send } from "../state/run-store.ts";
import { switchTheme } from "../state/theme-store.ts";
import { openDialog, toggle, toggleDrawer, toggleLayer, useUi } from "../state/ui-store.ts";
import { switchLanguage, words, type WordKey } from "../words/words.ts";
import { toast } from "../shell/toast.ts";
import { openNewestJourney } from "./newest-journey.ts";
import { inHand } from "./act-on.ts";
import { escape } from "./escape.ts";
import { goToPart } from "./parts-of-page.ts";
import { keyMap } from "./key-map.ts";

const clipboard = later(() => import("../saving/clipboard.ts"));

export type CommandGroup = "time" | "edit" | "view" | "file" | "help";

/** Something a person can do by key, by button and in the command palette. */
export interface UiCommand {
  readonly name: WordKey;
  readonly group: CommandGroup;
  readonly key?: string;
  /** Another key that does the same. */
  readonly alsoKey?: string;
  readonly run: () => void;
}

export const speeds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;

export function changeSpeed(direction: 1 | -1): void {
  const asked = askedSpeed();
  const next = direction > 0 ? speeds.find((speed) => speed > asked * 1.001) : speeds.findLast((speed) => speed < asked * 0.999);
  if (next !== undefined) send({ type: "speed", speed: next });
}

export const playOrPause = (): void => send({ type: currentTime().playing ? "pause" : "play" });

/** A seed that differs from the document's; the run's dice are the engine's, this only names which dice. */
const freshSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0]!;

function rename(): void {
  const nodes = inHand().filter((id) => Object.hasOwn(currentDocument().nodes, id));
  if (nodes.length !== 1) return toast.note(words()("selectOne"));
  select(nodes);
  useUi.setState({ inspector: true, renaming: true });
}

/** What the one node can be linked to, or moved to, in a menu beside it. */
function openChoices(about: "ends" | "homes"): void {
  const id = nodeInHand();
  if (id === null) toast.note(words()("selectFirst"));
  else openMenuBeside(about, id);
}

export const uiCommands = {
  play: { name: "playPause", group: "time", key: keyMap.play, run: playOrPause },
  step: { name: "stepEvent", group: "time", key: keyMap.step, run: () => send({ type: "step" }) },
  next: {
    name: "nextCaption",
    group: "time",
    key: keyMap.next,
    alsoKey: keyMap.nextToo,
    run: () => send({ type: "step-caption", direction: 1 }),
  },
  previous: {
    name: "previousCaption",
    group: "time",
    key: keyMap.previous,
    alsoKey: keyMap.previousToo,
    run: () => send({ type: "step-caption", direction: -1 }),
  },
  faster: { name: "faster", group: "time", key: keyMap.faster, run: () => changeSpeed(1) },
  slower: { name: "slower", group: "time", key: keyMap.slower, run: () => changeSpeed(-1) },
  director: { name: "director", group: "time", key: keyMap.director, run: () => send({ type: "director", on: !currentTime().director }) },
  mark: { name: "mark", group: "time", key: keyMap.mark, run: () => send({ type: "mark" }) },
  back: { name: "returnToMark", group: "time", key: keyMap.back, run: () => send({ type: "return" }) },
  replay: { name: "replayActions", group: "time", key: keyMap.replay, run: () => send({ type: "reset", keepActions: true }) },
  replayBare: { name: "replayBare", group: "time", key: keyMap.replayBare, run: () => send({ type: "reset", keepActions: false }) },
  replaySeed: { name: "replaySeed", group: "time", run: () => send({ type: "reset", keepActions: true, newSeed: freshSeed() }) },
  replayCold: { name: "replayCold", group: "time", run: () => send({ type: "reset", keepActions: false, cold: true }) },
  rewind: { name: "rewindBefore", group: "time", key: keyMap.rewind, run: () => send({ type: "rewind-before-last-act" }) },
  undo: { name: "undo", group: "edit", key: keyMap.undo, run: () => hands(({ undo }) => undo()) },
  redo: { name: "redo", group: "edit", key: keyMap.redo, alsoKey: keyMap.redoToo, run: () => hands(({ redo }) => redo()) },
  cut: { name: "cut", group: "edit", key: keyMap.cut, run: () => clipboard(({ cutSelection }) => void cutSelection()) },
  copy: { name: "copy", group: "edit", key: keyMap.copy, run: () => clipboard(({ copySelection }) => void copySelection()) },
  paste: {
    name: "paste",
    group: "edit",
    key: keyMap.paste,
    run: () => clipboard(({ pasteFromClipboard }) => void pasteFromClipboard()),
  },
  duplicate: { name: "duplicate", group: "edit", key: keyMap.duplicate, run: () => hands(({ duplicate }) => duplicate()) },
  duplicateTimes: { name: "duplicateTimes", group: "edit", key: keyMap.duplicateTimes, run: () => openDialog("duplicate") },
  remove: {
    name: "remove",
    group: "edit",
    key: keyMap.remove,
    alsoKey: keyMap.removeToo,
    run: () => hands(({ removeSelection }) => removeSelection()),
  },
  all: { name: "selectAll", group: "edit", key: keyMap.all, run: () => select(Object.keys(currentDocument().nodes)) },
  rename: { name: "rename", group: "edit", key: keyMap.rename, run: rename },
  linkTo: { name: "linkTo", group: "edit", key: keyMap.linkTo, run: () => openChoices("ends") },
  moveTo: { name: "moveTo", group: "edit", key: keyMap.moveTo, run: () => openChoices("homes") },
  walkLinks: { name: "walkLinks", group: "edit", key: keyMap.walkLinks, run: goToNextLink },
  takeOffer: { name: "takeOffer", group: "edit", key: keyMap.takeOffer, run: toast.takeOffer },
  tidy: { name: "tidyUp", group: "edit", key: keyMap.tidy, run: () => hands(({ tidyUp }) => void tidyUp()) },
  switchSide: { name: "switchSide", group: "edit", run: () => hands(({ switchSide }) => switchSide()) },
  runImage: { name: "runImage", group: "edit", key: keyMap.runImage, run: () => hands(({ askToRun }) => askToRun()) },
  layers: { name: "layersShow", group: "view", key: keyMap.layers, run: () => openDialog("layers") },
  isolation: { name: "isolationMatrix", group: "view", key: keyMap.isolation, run: () => openDialog("isolation") },
  waysToFind: { name: "waysToFind", group: "view", run: () => openDialog("ways-to-find") },
  comparison: { name: "comparison", group: "view", key: keyMap.comparison, run: () => openDialog("comparison") },
  blank: { name: "newDocument", group: "file", run: openBlank },
  export: { name: "export", group: "file", key: keyMap.save, run: () => openDialog("export") },
  import: { name: "import", group: "file", key: keyMap.open, run: () => void chooseFile() },
  present: { name: "present", group: "view", key: keyMap.present, run: () => toggle("presenting") },
  palette: { name: "togglePalette", group: "view", key: keyMap.palette, run: () => toggle("palette") },
  inspector: { name: "toggleInspector", group: "view", key: keyMap.inspector, run: () => toggle("inspector") },
  footer: { name: "toggleFooter", group: "view", key: keyMap.footer, run: () => toggle("footer") },
  log: { name: "eventLog", group: "view", key: keyMap.log, run: () => toggleDrawer("log") },
  counters: { name: "counters", group: "view", key: keyMap.counters, run: () => toggleDrawer("counters") },
  directory: { name: "directory", group: "view", key: keyMap.directory, run: () => toggleDrawer("directory") },
  schedule: { name: "schedule", group: "view", key: keyMap.schedule, run: () => toggleDrawer("schedule") },
  nextPart: { name: "nextPart", group: "view", key: keyMap.nextPart, run: () => goToPart(1) },
  previousPart: { name: "previousPart", group: "view", key: keyMap.previousPart, run: () => goToPart(-1) },
  showRequests: { name: "showRequests", group: "view", run: () => toggleLayer("requests") },
  showProbes: { name: "showProbes", group: "view", run: () => toggleLayer("probes") },
  showDiscovery: { name: "showDiscovery", group: "view", run: () => toggleLayer("discovery") },
  showImages: { name: "showImages", group: "view", run: () => toggleLayer("images") },
  journey: { name: "newestJourney", group: "view", key: keyMap.journey, run: openNewestJourney },
  theme: { name: "switchTheme", group: "view", key: keyMap.theme, run: switchTheme },
  language: { name: "switchLanguage", group: "view", key: keyMap.language, run: switchLanguage },
  commands: { name: "searchCommands", group: "help", key: keyMap.commands, run: () => openDialog("commands") },
  help: { name: "keyHelp", group: "help", key: keyMap.help, run: () => openDialog("keys") },
  howTrue: { name: "howTrue", group: "help", run: () => openDialog("how-true") },
  escape: { name: "escape", group: "edit", key: keyMap.escape, run: escape },
} as const satisfies Record<string, UiCommand>;
