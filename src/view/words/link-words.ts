import type { SettingWords } from "../kit/kind-words.ts";

const algorithms = {
  en: {
    "nginx-round-robin": "nginx smooth weighted round robin",
    "haproxy-roundrobin": "HAProxy roundrobin",
    "least-connections": "least connections",
    random: "random",
    "haproxy-static-rr": "HAProxy static-rr",
    "haproxy-first": "HAProxy first: the first with room",
    "haproxy-random": "HAProxy random(2)",
    "nginx-least-conn": "nginx least_conn",
    "nginx-random-two": "nginx random two",
  },
  zh: {
    "nginx-round-robin": "nginx 平滑加权轮询",
    "haproxy-roundrobin": "HAProxy 轮询",
    "least-connections": "最少连接",
    random: "随机",
    "haproxy-static-rr": "HAProxy 静态轮询 static-rr",
    "haproxy-first": "HAProxy first：首个有空位的后端",
    "haproxy-random": "HAProxy 随机二选一 random(2)",
    "nginx-least-conn": "nginx 最少连接 least_conn",
    "nginx-random-two": "nginx 随机二选一 random two",
  },
};

const en = {
  latencyMs: { label: "Latency", help: "One way, from one end of the link to the other." },
  finds: {
    label: "Finds it by",
    help: "A fixed address is captured once and goes stale when the target is recreated; a DNS name is resolved again.",
    options: { address: "fixed address", dns: "DNS name" },
  },
  dnsTtlMs: { label: "DNS TTL", help: "How long an answer is kept before the name is resolved again." },
  callsPerRequest: { label: "Calls per request", help: "How many calls each handled request makes over this link. 0: none." },
  order: {
    label: "Made",
    help: "After the calls on earlier links, or at the same time as they.",
    options: { sequence: "one after another", parallel: "at once" },
  },
  waits: { label: "Waits for the answer", help: "Off: fire and forget; the request goes on at once." },
  failureFails: { label: "Failure fails the request", help: "Off: the request goes on without this answer." },
  timeoutMs: { label: "Timeout", help: "How long one call may take before it is given up." },
  retries: { label: "Retries", help: "Further attempts after a failed call. Each adds load." },
  service: { label: "Service", help: "The name that is looked up in the registry." },
  algorithm: { label: "Algorithm", help: "How the caller chooses among the instances it knows.", options: algorithms.en },
  weight: { label: "Weight", help: "This target's share of the requests, relative to the others'." },
} satisfies Record<string, SettingWords>;

type SameShape<Words> = { readonly [Key in keyof Words]: Words[Key] extends string ? string : SameShape<Words[Key]> };

const zh: SameShape<typeof en> = {
  latencyMs: { label: "延迟", help: "单程，从连线一端到另一端。" },
  finds: {
    label: "寻址方式",
    help: "固定地址只在建立连线时记录，目标重建后即失效；DNS 名称会重新解析。",
    options: { address: "固定地址", dns: "DNS 名称" },
  },
  dnsTtlMs: { label: "DNS TTL", help: "解析结果缓存多久后重新解析。" },
  callsPerRequest: { label: "每个请求的调用次数", help: "每处理一个请求，经此连线调用几次。0：不调用。" },
  order: {
    label: "调用顺序",
    help: "在前面连线的调用之后，或与它们同时进行。",
    options: { sequence: "依次", parallel: "同时" },
  },
  waits: { label: "等待响应", help: "关闭：发出即继续，不等结果。" },
  failureFails: { label: "失败则请求失败", help: "关闭：没有这个响应请求也继续。" },
  timeoutMs: { label: "超时时间", help: "一次调用最长等待的时间。" },
  retries: { label: "重试次数", help: "调用失败后再尝试的次数，每次都会增加负载。" },
  service: { label: "服务", help: "在注册中心查询的服务名。" },
  algorithm: { label: "调度算法", help: "调用方如何在已知实例中选择。", options: algorithms.zh },
  weight: { label: "权重", help: "该后端相对于其他后端分得的请求比例。" },
};

/** The settings of links, whatever their role: one name means one thing. */
export const linkWords: { readonly en: Readonly<Record<string, SettingWords>>; readonly zh: Readonly<Record<string, SettingWords>> } = {
  en,
  zh,
};
