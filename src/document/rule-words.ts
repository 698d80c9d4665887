import type { Values } from "./admit-error.ts";
import type { Language } from "./fill.ts";
import type { Capability, Place } from "./kind-declaration.ts";
import { roleWords } from "./role-words.ts";

/** What a kind is called in the language of the reader; the kinds' words are not the document's to know. */
export type KindName = (kind: string) => string;

/** Why something may not stand or be linked there. Kinds are named by whoever knows them, places by what they offer. */
export const ruleWords: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    "not-on-canvas": "{kind} can stand only {places}.",
    "not-in-there": "{kind} can stand only {places}, not in {parent}.",
    "holds-nothing": "Nothing can stand in {parent}. {kind} can stand only {places}.",
    "unknown-role": "There is no link called “{role}”.",
    "starts-nothing": "No link can start at {from}.",
    "no-role": "{from} can send {asks}, and {to} takes none of these.",
    "role-not-here": "A link “{role}” cannot start at {from}.",
    "far-end-refuses": "{to} does not take {asks}.",
    "is-a-package": "{kind}: a package, not a process. Nothing listens in it, and it calls nobody. Run it, and link its container.",
    "links-itself": "A link must lead to something else.",
    "duplicate-link": "These two are already linked in this way.",
  },
  zh: {
    "not-on-canvas": "{kind}只能放在{places}。",
    "not-in-there": "{kind}只能放在{places}，不能放在{parent}中。",
    "holds-nothing": "{parent}中不能放任何东西。{kind}只能放在{places}。",
    "unknown-role": "没有名为“{role}”的连线。",
    "starts-nothing": "{from}不能作为连线的起点。",
    "no-role": "{from}能发出{asks}，但{to}都不接收。",
    "role-not-here": "“{role}”连线不能从{from}开始。",
    "far-end-refuses": "{to}不接收{asks}。",
    "is-a-package": "{kind}是安装包，不是进程：里面没有东西在监听，也不会调用别人。先运行它，再连接它的容器。",
    "links-itself": "连线必须连到别的节点。",
    "duplicate-link": "这两者之间已经有这种连线。",
  },
};

export const placeWords: Readonly<Record<Language, Readonly<Record<Place, string>>>> = {
  en: {
    canvas: "on the canvas",
    site: "in a zone",
    hypervisor: "directly on a host",
    runtime: "on a host or in a virtual machine",
    servlets: "in an application server",
  },
  zh: { canvas: "画布上", site: "可用区中", hypervisor: "宿主机上", runtime: "宿主机或虚拟机中", servlets: "应用服务器中" },
};

export const capabilityWords: Readonly<Record<Language, Readonly<Record<Capability, string>>>> = {
  en: {
    request: "requests",
    registration: "registrations",
    lookup: "look-ups of services",
    pull: "image pulls",
    membership: "other members",
  },
  zh: { request: "请求", registration: "服务注册", lookup: "服务发现查询", pull: "镜像拉取", membership: "其他成员" },
};

const or = { en: " or ", zh: "或" } as const;

/** Puts the reader's words in place of the codes of kinds, places, capabilities and roles among the values. */
export function withRuleWords(values: Values, language: Language, kindName: KindName): Values {
  const listed = (words: Readonly<Record<string, string>>) => (codes: string) =>
    codes
      .split(" ")
      .map((code) => words[code] ?? code)
      .join(or[language]);
  const tell: Readonly<Record<string, (code: string) => string>> = {
    places: listed(placeWords[language]),
    asks: listed(capabilityWords[language]),
    role: (role) => (roleWords[language] as Readonly<Record<string, string>>)[role] ?? role,
    kind: kindName,
    parent: kindName,
    from: kindName,
    to: kindName,
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, tell[name]?.(String(value)) ?? value]));
}
