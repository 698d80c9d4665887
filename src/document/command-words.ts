import type { Values } from "./admit-error.ts";
import { fill, type Language } from "./fill.ts";
import type { Command } from "./commands.ts";

/** What a step is called in "Undo …". For several at once the key is the command's own label. */
export interface Label {
  readonly key: string;
  readonly values: Values;
}

export function labelOf(command: Command): Label {
  switch (command.type) {
    case "together":
      return { key: command.label, values: command.commands[0] === undefined ? {} : labelOf(command.commands[0]).values };
    case "add":
      return { key: "add", values: { count: command.nodes.length } };
    case "remove":
      return { key: "remove", values: { count: command.ids.length } };
    case "move":
      return {
        key: command.moves.some((move) => move.parent !== undefined) ? "move-into" : "move",
        values: { count: command.moves.length },
      };
    case "rename":
      return { key: "rename", values: { name: command.name } };
    case "configure":
      return { key: "configure", values: { settings: Object.keys(command.settings).join(", ") } };
    case "duplicate":
      return { key: "duplicate", values: { count: command.times } };
    default:
      return { key: command.type, values: {} };
  }
}

/** In the words of the language; a label without words is shown as it is. */
export function tellLabel(label: Label, language: Language): string {
  return fill(commandWords[language][label.key] ?? label.key, label.values);
}

export const commandWords: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    add: "add",
    link: "draw a link",
    reroute: "reroute a link",
    remove: "delete",
    move: "move",
    "move-into": "move to another place",
    resize: "resize",
    rename: "rename to “{name}”",
    configure: "change settings",
    title: "change the title",
    note: "change the note",
    seed: "change the seed",
    start: "change how it starts",
    schedule: "schedule an act",
    reschedule: "change a scheduled act",
    unschedule: "remove a scheduled act",
    paste: "paste",
    duplicate: "duplicate ×{count}",
    replace: "open another diagram",
    cut: "cut",
    "add-linked": "add with a link",
    tidy: "tidy up",
    "switch-discovery": "change who finds the instances",
  },
  zh: {
    add: "添加",
    link: "画连线",
    reroute: "改接连线",
    remove: "删除",
    move: "移动",
    "move-into": "移到别处",
    resize: "调整大小",
    rename: "改名为“{name}”",
    configure: "修改设置",
    title: "修改标题",
    note: "修改说明",
    seed: "修改随机种子",
    start: "修改启动方式",
    schedule: "安排操作",
    reschedule: "修改已安排的操作",
    unschedule: "取消已安排的操作",
    paste: "粘贴",
    duplicate: "复制 ×{count}",
    replace: "打开另一张图",
    cut: "剪切",
    "add-linked": "添加并连线",
    tidy: "整理",
    "switch-discovery": "改由另一方发现实例",
  },
};
