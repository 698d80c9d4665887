import { roleWords } from "../../document/rule-words.ts";
import { surroundings, type Language } from "./surroundings.ts";

const en = {
  kernel: "kernel",
  guest: "guest OS",
  noAddress: "no address yet",
  lost: "lost",
  redirected: "redirected",
  left: "{time} left",
  ago: "{time} ago",
  more: "+{count} {state}",
  moreOthers: "+{count} more",
  noTargets: "no targets",
  noLeases: "no registrations",
  unchecked: "not checked yet",
  passing: "passing",
  stale: "stale",
  expired: "expired",
  kept: "last known",
  starting: "…",
  parallel: "at once",
  async: "async",
  optional: "optional",
  fixed: "fixed",
  memory: "{used} of {total} reserved",
  selected: "selected",
  place: "Place {kind}",
  placeHint: "Click where it should stand. Esc: not at all.",
  linkHint: "Choose where the link leads. Esc: nowhere.",
  createAround: "Create a {kind} for it",
  linkTo: "Link to…",
  linkToNew: "Link to a new…",
  moveTo: "Move to…",
  theCanvas: "the canvas",
  noEnds: "Nothing here that it could be linked to",
  rename: "Rename",
  duplicate: "Duplicate",
  remove: "Delete",
  canvas: "Canvas. Arrow keys go from node to node, Enter selects, Alt with an arrow moves it.",
  slowedAll: "shown slowed",
  slowed: "shown slowed, 1 of {of}",
  portHint: "Drag to link: {role}",
  exactly: "shown exactly",
  linkLabel: "link from {from} to {to}, {role}",
  cutLink: "cut",
  paste: "Paste",
  selectAll: "Select all",
  commands: "Search or run a command",
  fitView: "Fit to view",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  memoryWord: "memory",
  "sends.by-hand": "by hand",
  "shares.power": "shared power",
  "shares.network": "shared network",
};

const zh: typeof en = {
  kernel: "内核",
  guest: "客户机系统",
  noAddress: "尚无地址",
  lost: "丢失",
  redirected: "改发",
  left: "剩余 {time}",
  ago: "{time}前",
  more: "另有 {count} 个 {state}",
  moreOthers: "还有 {count} 个",
  noTargets: "没有后端",
  noLeases: "没有注册",
  unchecked: "尚未检查",
  passing: "通过",
  stale: "已失效",
  expired: "已过期",
  kept: "最后所知",
  starting: "…",
  parallel: "同时",
  async: "异步",
  optional: "可失败",
  fixed: "固定地址",
  memory: "已预留 {used}，共 {total}",
  selected: "已选中",
  place: "放置{kind}",
  placeHint: "点击要放置的位置。Esc 取消。",
  linkHint: "选择连线的终点。Esc 取消。",
  createAround: "为它创建{kind}",
  linkTo: "连接到…",
  linkToNew: "连接到新的…",
  moveTo: "移动到…",
  theCanvas: "画布",
  noEnds: "这里没有可以连接的节点",
  rename: "重命名",
  duplicate: "复制一份",
  remove: "删除",
  canvas: "画布。方向键在节点间移动，Enter 选中，Alt 加方向键移动节点。",
  slowedAll: "放慢显示",
  slowed: "放慢显示，每 {of} 个显示 1 个",
  portHint: "拖动以连接：{role}",
  exactly: "精确显示",
  linkLabel: "从 {from} 到 {to} 的连线，{role}",
  cutLink: "已切断",
  paste: "粘贴",
  selectAll: "全选",
  commands: "搜索或执行命令",
  fitView: "适应窗口",
  zoomIn: "放大",
  zoomOut: "缩小",
  memoryWord: "内存",
  "sends.by-hand": "手动发送",
  "shares.power": "共用电源",
  "shares.network": "共用网络",
};

/** The words drawn on the canvas itself. */
export const canvasWords: Readonly<Record<Language, typeof en>> = { en, zh };
export type CanvasWord = keyof typeof en;
type Values = Readonly<Record<string, string | number>>;

export const canvasWord = (language: Language, key: CanvasWord, values: Values = {}): string =>
  canvasWords[language][key].replace(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole));

/** Says the canvas's words in the language now chosen. */
export function useCanvasWords(): (key: CanvasWord, values?: Values) => string {
  const language = surroundings().useLanguage();
  return (key, values) => canvasWord(language, key, values);
}

export const roleWord = (language: Language, role: string): string =>
  (roleWords[language] as Readonly<Record<string, string>>)[role] ?? role;
