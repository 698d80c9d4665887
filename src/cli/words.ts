import type { BadInput } from "./bad-input.ts";

export type Language = "en" | "zh";

type Values = Readonly<Record<string, string>>;
type Sentence = (values: Values) => string;

/** Why an argument was not understood. */
const complaints = {
  en: {
    "unknown-command": () => "there are only run and validate",
    "one-file": () => "name exactly one file",
    "unknown-option": () => "there is no such option",
    "value-missing": () => "a value is missing",
    "value-not-wanted": () => "takes no value",
    "only-for-run": () => "is an option of run",
    "not-a-duration": ({ value }) => `"${value}" is not a duration such as 250ms, 10s, 5m`,
    "not-a-seed": ({ value }) => `"${value}" is not a whole number from 0 to 4294967295`,
    "not-a-number": ({ value }) => `"${value}" is not a number`,
    "not-an-act": ({ act }) => `write --${act} NAME@TIME or --${act} NAME@TIME:NUMBER, such as --${act} web-2@10s`,
    "after-the-end": () => "this is after the end of the run",
    "not-an-assertion": () => 'write METRIC OPERATOR VALUE, such as "failed<=5" or "p99<200ms"',
    "unknown-metric": ({ metric, metrics }) => `"${metric}" is not measured; there are ${metrics}`,
    "not-of-a-node": ({ metric }) => `${metric} is measured of the whole run only`,
    "not-a-bound": ({ value }) => `"${value}" is not a value of this metric`,
    "not-for-it": ({ act, target, acts }) => `"${target}" does not answer to ${act}; it answers to: ${acts}`,
    "name-not-unique": ({ name, ids }) => `several things are called "${name}"; use an id: ${ids}`,
    "unknown-node": ({ name }) => `nothing in the document is called "${name}"`,
    "link-not-unique": ({ name, ids }) => `several links are "${name}"; use an id: ${ids}`,
    "unknown-link": ({ name }) => `the document has no link "${name}" (an id, or FROM/TO)`,
    "cannot-read": ({ reason }) => `cannot be read (${reason})`,
    "cannot-write": ({ reason }) => `cannot be written (${reason})`,
  },
  zh: {
    "unknown-command": () => "只有 run 和 validate 两个命令",
    "one-file": () => "请只给出一个文件",
    "unknown-option": () => "没有这个选项",
    "value-missing": () => "缺少值",
    "value-not-wanted": () => "这个选项不带值",
    "only-for-run": () => "这是 run 的选项",
    "not-a-duration": ({ value }) => `“${value}”不是时长，例如 250ms、10s、5m`,
    "not-a-seed": ({ value }) => `“${value}”不是 0 到 4294967295 之间的整数`,
    "not-a-number": ({ value }) => `“${value}”不是数字`,
    "not-an-act": ({ act }) => `请写成 --${act} 名称@时间 或 --${act} 名称@时间:数值，例如 --${act} web-2@10s`,
    "after-the-end": () => "这个时间在运行结束之后",
    "not-an-assertion": () => "请写成 指标 运算符 值，例如 “failed<=5” 或 “p99<200ms”",
    "unknown-metric": ({ metric, metrics }) => `没有指标“${metric}”；可用的有 ${metrics}`,
    "not-of-a-node": ({ metric }) => `${metric} 只对整个运行统计`,
    "not-a-bound": ({ value }) => `“${value}”不是这个指标的值`,
    "not-for-it": ({ act, target, acts }) => `“${target}”不能执行 ${act}；可以执行：${acts}`,
    "name-not-unique": ({ name, ids }) => `有多个节点叫“${name}”，请用标识符：${ids}`,
    "unknown-node": ({ name }) => `文档里没有叫“${name}”的节点`,
    "link-not-unique": ({ name, ids }) => `有多条连线是“${name}”，请用标识符：${ids}`,
    "unknown-link": ({ name }) => `文档里没有连线“${name}”（标识符，或 起点/终点）`,
    "cannot-read": ({ reason }) => `无法读取（${reason}）`,
    "cannot-write": ({ reason }) => `无法写入（${reason}）`,
  },
} as const satisfies Record<Language, Record<string, Sentence>>;

/** The report's words. */
const report = {
  en: {
    seed: "seed",
    events: "events",
    requests: "Requests",
    issued: "issued",
    served: "served",
    failed: "failed",
    timedOut: "timed out",
    inFlight: "in flight",
    latency: "Latency",
    targets: "Targets",
    target: "target",
    balancer: "balancer",
    state: "state",
    detections: "Detection, from the fault",
    node: "fault of",
    observer: "seen by",
    fault: "fault at",
    detected: "detected after",
    predicted: "predicted",
    "by-requests": "by requests",
    perhaps: "perhaps",
    never: "never",
    back: "back after",
    notYet: "not yet",
    assertions: "Assertions",
    measured: "measured",
    nothing: "nothing to measure",
    trace: "trace SHA-256",
    fine: "is a valid document",
    nodes: "nodes",
    links: "links",
    acts: "scheduled acts",
  },
  zh: {
    seed: "种子",
    events: "个事件",
    requests: "请求",
    issued: "已发出",
    served: "成功",
    failed: "失败",
    timedOut: "超时",
    inFlight: "进行中",
    latency: "延迟",
    targets: "后端",
    target: "后端",
    balancer: "负载均衡器",
    state: "状态",
    detections: "故障检测（从故障算起）",
    node: "故障节点",
    observer: "观察者",
    fault: "故障时刻",
    detected: "检测用时",
    predicted: "预测",
    "by-requests": "取决于请求",
    perhaps: "不一定",
    never: "不会",
    back: "恢复用时",
    notYet: "尚未",
    assertions: "断言",
    measured: "实测",
    nothing: "没有可测的数据",
    trace: "轨迹 SHA-256",
    fine: "是有效的文档",
    nodes: "个节点",
    links: "条连线",
    acts: "个定时操作",
  },
} as const;

export type ReportWords = { readonly [Key in keyof (typeof report)["en"]]: string };

export const reportWords = (language: Language): ReportWords => report[language];

/** The sentence for something a person typed. */
export function complaintText({ code, values }: BadInput, language: Language): string {
  const sentences: Readonly<Record<string, Sentence>> = complaints[language];
  return sentences[code]?.(values) ?? code;
}

/** `--lang` if it is given, or else what the terminal speaks. */
export function languageOf(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>): Language {
  const at = argv.findLastIndex((word) => word === "--lang" || word.startsWith("--lang="));
  const asked = at < 0 ? null : ((argv[at]?.slice("--lang=".length) || argv[at + 1]) ?? null);
  const spoken = asked ?? (environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "en");
  return spoken.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** Both tables, for the test that holds them against each other. */
export const tables = { complaints, report };
