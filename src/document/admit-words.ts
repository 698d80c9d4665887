import type { AdmitError } from "./admit-error.ts";
import { fill, type Language } from "./fill.ts";
import { ruleWords, withRuleWords, type KindName } from "./rule-words.ts";

type Words = Readonly<Record<string, string>>;

/** A sentence for each code of the gate, of a refused command and of a warning. */
export const admitWords: Readonly<Record<Language, Words>> = {
  en: {
    ...ruleWords.en,
    // The text itself.
    "too-big": "The file is larger than {megabytes} MB.",
    "too-deep": "It is nested deeper than {limit} levels.",
    "too-many-values": "It holds more than {limit} values.",
    syntax: "This is not valid JSON: “{found}” cannot stand here.",
    "cut-short": "The JSON ends too early: the file seems to be cut off.",
    "duplicate-key": "“{key}” is given twice.",
    "forbidden-key": "“{key}” cannot be used as a name here.",
    "not-json": "A value of type {found} cannot stand in a document.",
    "not-finite": "{found} is not a number that can be used.",
    // The document as a whole.
    "not-breakwater": "This is not a Breakwater document (its “format” is not “breakwater”).",
    "not-a-fragment": "This is not a piece copied from Breakwater.",
    "bad-version": "{found} is not a version.",
    "future-version":
      "This document was made by a newer Breakwater (version {version} of the format; this one reads up to {newest}). Please update.",
    "too-many-nodes": "There are {found} things; at most {limit} fit into one document.",
    "too-many-links": "There are {found} links; at most {limit} fit into one document.",
    "too-many-schedule": "There are {found} scheduled acts; at most {limit} fit into one document.",
    // Fields and settings.
    missing: "Something is missing here.",
    "unknown-field": "There is no field “{name}”.",
    "unknown-setting": "There is no setting “{name}”.",
    "wrong-type": "This must be {expected}, but it is {found}.",
    "not-whole": "{found} must be a whole number.",
    "too-small": "{found} is too small: at least {min}.",
    "too-large": "{found} is too large: at most {max}.",
    "too-few": "This needs at least {min}.",
    "too-many": "There may be at most {max} of these.",
    "too-long": "This is too long: at most {max} characters.",
    empty: "This must not be empty.",
    "control-character": "This must be one line without control characters.",
    "has-spaces": "This must not be empty and must not contain spaces.",
    "bad-id": "“{found}” cannot be an id: only letters A–Z, digits, dot, dash and underscore, beginning with a letter or digit.",
    "bad-form": "“{found}” does not have the form that is needed here.",
    "not-an-option": "“{found}” is not one of: {options}.",
    "not-allowed": "This is not allowed here.",
    "not-allowed-times": "Between 1 and {max} copies can be made at once.",
    // References.
    "unknown-kind": "There is no kind of thing called “{kind}”.",
    "card-has-no-size": "Only frames have a size of their own.",
    "id-is-not-its-key": "The id “{id}” stands under the key “{key}”.",
    "duplicate-id": "The id “{id}” is already used.",
    "unknown-parent": "It stands in “{id}”, which does not exist.",
    "stands-in-itself": "“{id}” would stand in itself.",
    "nested-too-deep": "Frames can be nested at most {limit} deep.",
    "unknown-node": "There is no “{id}”.",
    "unknown-link": "There is no link “{id}”.",
    "unknown-target": "The act is aimed at “{id}”, which does not exist.",
    "unknown-act": "“{act}” cannot be done to it; possible: {acts}.",
    "unknown-scheduled-act": "There is no scheduled act “{id}”.",
    // Warnings.
    "reaches-nobody": "{name} is not linked to anything it could call.",
    "passes-to-nobody": "{name} has nobody to pass requests on to: every request to it will fail.",
    "nobody-registers": "{name} looks for “{service}” in {registry}, where nobody registers it.",
    "finds-itself":
      "{name} registers as “{service}” in {registry} and looks for “{service}” there: it finds itself as well, and sends itself requests.",
    "lease-too-short":
      "{name} renews its lease every {heartbeatMs} ms, but {registry} lets it expire after {ttlMs} ms: it will vanish again and again.",
    "ports-differ":
      "“{service}” is registered by {name} with port {port} and by {other} with port {otherPort}: whoever looks it up gets both, and takes them for the same.",
    "even-members":
      "The registry of {name} has {members} members: {quorum} of them must agree, so it can do without {spare}, no more than with one member fewer. If the network parts them into halves, nothing can be registered anywhere.",
    "even-sentinels":
      "{name} is one of {members} sentinels: {majority} of them must elect the one that runs a failover, so they can do without {spare}, no more than with one sentinel fewer. If the network parts them into halves, nobody fails over.",
    "quorum-too-large":
      "{name} wants {quorum} sentinels to agree that a master is down, and there are {members}: there will never be a failover.",
    "no-master":
      "No instance of “{service}” that {name} looks after has the tag “{tag}” on its registration: the sentinels don't know whom to monitor, and answer nobody.",
    "several-masters":
      "{name} and {other} both have the tag “{tag}” for “{service}”: the sentinels are told to monitor {name}, and {other} becomes its replica.",
    "members-differ": "{name} and {other} go by the rules of different systems: they are not members of one registry.",
  },
  zh: {
    ...ruleWords.zh,
    "too-big": "文件大于 {megabytes} MB。",
    "too-deep": "嵌套超过 {limit} 层。",
    "too-many-values": "值的数量超过 {limit} 个。",
    syntax: "这不是有效的 JSON：此处不能出现“{found}”。",
    "cut-short": "JSON 提前结束：文件似乎被截断了。",
    "duplicate-key": "“{key}”出现了两次。",
    "forbidden-key": "此处不能使用名称“{key}”。",
    "not-json": "文档中不能有 {found} 类型的值。",
    "not-finite": "{found} 不是可用的数字。",
    "not-breakwater": "这不是 Breakwater 文档（“format”不是“breakwater”）。",
    "not-a-fragment": "这不是从 Breakwater 复制的内容。",
    "bad-version": "{found} 不是有效的版本号。",
    "future-version": "该文档由更新版本的 Breakwater 创建（格式版本 {version}，当前最高支持 {newest}）。请升级。",
    "too-many-nodes": "共有 {found} 个节点；一个文档最多容纳 {limit} 个。",
    "too-many-links": "共有 {found} 条连线；一个文档最多容纳 {limit} 条。",
    "too-many-schedule": "共安排了 {found} 个操作；一个文档最多容纳 {limit} 个。",
    missing: "此处缺少内容。",
    "unknown-field": "没有名为“{name}”的字段。",
    "unknown-setting": "没有名为“{name}”的设置。",
    "wrong-type": "此处应为{expected}，实际为{found}。",
    "not-whole": "{found} 必须是整数。",
    "too-small": "{found} 太小：至少为 {min}。",
    "too-large": "{found} 太大：至多为 {max}。",
    "too-few": "此处至少需要 {min} 个。",
    "too-many": "此处最多 {max} 个。",
    "too-long": "太长：最多 {max} 个字符。",
    empty: "此处不能为空。",
    "control-character": "必须是一行文字，且不含控制字符。",
    "has-spaces": "不能为空，也不能包含空格。",
    "bad-id": "“{found}”不能作为标识：只能用英文字母、数字、点、短横线和下划线，并以字母或数字开头。",
    "bad-form": "“{found}”不符合此处要求的格式。",
    "not-an-option": "“{found}”不在可选项中：{options}。",
    "not-allowed": "此处不允许这样。",
    "not-allowed-times": "一次可以复制 1 到 {max} 份。",
    "unknown-kind": "没有名为“{kind}”的节点类型。",
    "card-has-no-size": "只有框才有自己的大小。",
    "id-is-not-its-key": "标识“{id}”放在了键“{key}”之下。",
    "duplicate-id": "标识“{id}”已被使用。",
    "unknown-parent": "它所在的“{id}”不存在。",
    "stands-in-itself": "“{id}”不能放在自己里面。",
    "nested-too-deep": "框最多嵌套 {limit} 层。",
    "unknown-node": "“{id}”不存在。",
    "unknown-link": "连线“{id}”不存在。",
    "unknown-target": "该操作的目标“{id}”不存在。",
    "unknown-act": "不能对它执行“{act}”；可以执行：{acts}。",
    "unknown-scheduled-act": "没有已安排的操作“{id}”。",
    "reaches-nobody": "{name} 没有连到任何可以调用的对象。",
    "passes-to-nobody": "{name} 没有可转发的目标：发给它的每个请求都会失败。",
    "nobody-registers": "{name} 在 {registry} 中查找服务“{service}”，但没有实例在那里注册它。",
    "finds-itself": "{name} 在 {registry} 中注册为“{service}”，又在那里查找“{service}”：它也会找到自己，把请求发给自己。",
    "lease-too-short": "{name} 每 {heartbeatMs} ms 续租一次，但 {registry} 在 {ttlMs} ms 后就让租约过期：它会反复消失。",
    "ports-differ":
      "服务“{service}”由 {name} 以端口 {port} 注册，又由 {other} 以端口 {otherPort} 注册：查询者会得到两者，并当成同一种实例。",
    "even-members":
      "{name} 所在的注册中心有 {members} 个成员：须有 {quorum} 个一致，最多可缺 {spare} 个，与少一个成员时相同。若网络把它们分成两半，任何一边都无法注册。",
    "even-sentinels":
      "{name} 所在的哨兵组有 {members} 个哨兵：须有 {majority} 个选出执行故障转移的哨兵，最多可缺 {spare} 个，与少一个哨兵时相同。若网络把它们分成两半，就无人进行故障转移。",
    "quorum-too-large": "{name} 要求 {quorum} 个哨兵一致认为主节点下线，但总共只有 {members} 个：永远不会发生故障转移。",
    "no-master": "{name} 所监视的服务“{service}”中，没有实例的注册带有标签“{tag}”：哨兵不知道该监视谁，也不回答任何查询。",
    "several-masters": "{name} 与 {other} 都为“{service}”带有标签“{tag}”：哨兵监视 {name}，{other} 成为它的副本。",
    "members-differ": "{name} 与 {other} 遵循不同系统的规则：不能组成同一个注册中心。",
  },
};

const types: Readonly<Record<Language, Words>> = {
  en: { object: "an object", array: "a list", string: "a text", number: "a number", boolean: "true or false", null: "empty (null)" },
  zh: { object: "对象", array: "列表", string: "文本", number: "数字", boolean: "真或假", null: "空值（null）" },
};

type Told = Pick<AdmitError, "code" | "values">;

/** What is wrong, without the place: for the inspector, a toast, a forbidden drop, a warning. */
export function sentenceOf({ code, values = {} }: Told, language: Language, kindName: KindName = (kind) => kind): string {
  const told = withRuleWords(values, language, kindName);
  const typed = code === "wrong-type" ? { ...told, ...typeWords(values, language) } : told;
  return fill(admitWords[language][code] ?? code, typed);
}

/** What is wrong, and where: for a file that is refused. */
export function explain(error: AdmitError, language: Language, kindName?: KindName): string {
  const { path, line, column } = error;
  const place = path === "$" ? [] : [path];
  const spot = line === undefined ? [] : [language === "en" ? `line ${line}, column ${column}` : `第 ${line} 行第 ${column} 列`];
  const where = [...spot, ...place].join(language === "en" ? ", " : "，");
  const sentence = sentenceOf(error, language, kindName);
  return where === "" ? sentence : language === "en" ? `${sentence} (${where})` : `${sentence}（${where}）`;
}

function typeWords(values: Readonly<Record<string, string | number>>, language: Language): Words {
  return Object.fromEntries(Object.entries(values).map(([name, type]) => [name, types[language][String(type)] ?? String(type)]));
}
