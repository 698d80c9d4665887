/**
 * Which key does what: one table, from which come the listener, the tooltips, the help and the palette's hints.
 * The palette's keys for placing (`c h v n l s i d z`, and with Shift `i g s w`) are the kinds' own; nothing here may take one of them.
 */
export const keyMap = {
  play: "Space",
  step: ".",
  next: "ArrowRight",
  previous: "ArrowLeft",
  nextToo: "PageDown",
  previousToo: "PageUp",
  faster: "Shift+>",
  slower: "Shift+<",
  director: "a",
  mark: "m",
  back: "b",
  replay: "0",
  replayBare: "Shift+Digit0",
  rewind: "Shift+b",
  undo: "$mod+z",
  redo: "$mod+Shift+z",
  redoToo: "$mod+y",
  copy: "$mod+c",
  cut: "$mod+x",
  paste: "$mod+v",
  duplicate: "$mod+d",
  duplicateTimes: "$mod+Shift+d",
  all: "$mod+a",
  remove: "Delete",
  removeToo: "Backspace",
  save: "$mod+s",
  open: "$mod+o",
  commands: "$mod+k",
  help: "Shift+?",
  present: "f",
  palette: "[",
  inspector: "]",
  footer: "\\",
  log: "j",
  counters: "o",
  schedule: "q",
  directory: ",",
  rename: "F2",
  linkTo: "Shift+x",
  moveTo: "Shift+m",
  walkLinks: "x",
  takeOffer: "y",
  journey: "Shift+j",
  nextPart: "F6",
  previousPart: "Shift+F6",
  theme: "Shift+t",
  language: "Shift+l",
  tidy: "Shift+a",
  runImage: "Shift+n",
  layers: "Shift+y",
  isolation: "8",
  comparison: "3",
  escape: "Escape",
} as const;

export type KeyName = keyof typeof keyMap;

/** Keys that do something to what is selected: the first of these acts that makes sense for it now. */
export const actKeys: readonly { readonly key: string; readonly acts: readonly string[] }[] = [
  { key: "k", acts: ["kill", "unplug", "lose", "cut"] },
  { key: "r", acts: ["recreate", "power-on", "restore", "mend", "repair"] },
  { key: "Shift+k", acts: ["crash"] },
  { key: "Shift+r", acts: ["restart", "start"] },
  { key: "g", acts: ["hang"] },
  { key: "w", acts: ["slow"] },
  { key: "Shift+h", acts: ["err"] },
  { key: "Shift+v", acts: ["reset", "cut-there"] },
  { key: "Shift+z", acts: ["fail-all", "cut-back"] },
  { key: "Shift+o", acts: ["drop", "flap"] },
  { key: "u", acts: ["resume", "ready", "confirm"] },
  { key: "t", acts: ["stop", "shut-down", "drain"] },
  { key: "e", acts: ["send"] },
  { key: "p", acts: ["pause-sending", "resume-sending"] },
  { key: "Shift+u", acts: ["publish"] },
  { key: "Shift+q", acts: ["prune"] },
  { key: "Shift+Digit1", acts: ["prune-volumes"] },
  { key: "Shift+d", acts: ["build"] },
  { key: "Shift+f", acts: ["build-pull"] },
  { key: "Shift+p", acts: ["push"] },
  { key: "Shift+c", acts: ["change-code"] },
  { key: "Shift+e", acts: ["change-dependencies"] },
  { key: "Shift+Digit2", acts: ["delete-library"] },
  { key: "Shift+Digit3", acts: ["grab-ports"] },
  { key: "Shift+Digit4", acts: ["hog-cpu"] },
  { key: "Shift+Digit5", acts: ["eat-memory"] },
  { key: "Shift+Digit6", acts: ["fill-disk"] },
  { key: "Shift+Digit7", acts: ["fork-bomb"] },
  { key: "Shift+Digit8", acts: ["kill-all"] },
  { key: "Shift+Digit9", acts: ["panic"] },
];

export const keyOfAct = (act: string): string | null => actKeys.find(({ acts }) => acts.includes(act))?.key ?? null;

const shown: Readonly<Record<string, string>> = {
  ArrowRight: "→",
  ArrowLeft: "←",
  PageDown: "PgDn",
  PageUp: "PgUp",
  $mod: "Ctrl",
  "Shift+>": ">",
  "Shift+<": "<",
  "Shift+?": "?",
  "Shift+Digit0": "Shift 0",
};

/** A key as it is written in a tooltip: "Ctrl Z". */
export function keyText(key: string): string {
  if (shown[key] !== undefined) return shown[key];
  return key
    .split("+")
    .map((part) => shown[part] ?? /^Digit(.)$/u.exec(part)?.[1] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(" ");
}
