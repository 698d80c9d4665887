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
    "varnish-round-robin": "Varnish round robin: one after the other",
    "caddy-round-robin": "Caddy round_robin: from the second on",
    "first-of-answer": "the first address of the answer, the next one if it fails",
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
    "varnish-round-robin": "Varnish 轮询：依次",
    "caddy-round-robin": "Caddy round_robin：从第二个开始",
    "first-of-answer": "应答中的第一个地址，失败后才用下一个",
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
  reads: {
    label: "Learns by",
    help: "How it learns who is there: as the registry is set, or in its own way. Asking for each request is never stale, and costs a round trip.",
    options: {
      registry: "as the registry is set",
      watch: "watch: told at once",
      poll: "poll: asks again and again",
      "long-poll": "long poll: answered when something changes",
      dns: "DNS, kept for the record's TTL",
      request: "asking for each request",
    },
  },
  tag: {
    label: "Wants the tag",
    help: "Only instances that carry this tag. Empty: all; of sentinels, the master. “replica” asks sentinels for the replicas.",
  },
  version: { label: "Version", help: "What an instance says it is; what a consumer wants. Empty: none, and any." },
  zone: { label: "Zone", help: "Where an instance says it is; whom a consumer prefers, while there are any. Empty: none, and any." },
  by: {
    label: "Registered by",
    help: "Itself: it renews while it works. A registrar beside it sees only that its container runs, and withdraws it when that ends.",
    options: { self: "itself", registrar: "a registrar beside it" },
  },
  identity: {
    label: "Id when recreated",
    help: "A new id adds an entry, and the old one stays until it lapses; the same id replaces the entry.",
    options: { new: "a new one", same: "the same" },
  },
  says: {
    label: "Says of itself",
    help: "What its heartbeats report where a registry keeps a status (Consul): with a warning, DNS names it and the API's passing filter does not.",
    options: { passing: "passing", warning: "warning" },
  },
  asksTtlMs: { label: "Asks for a TTL of", help: "The lease or session that this instance asks for. 0: as the registry has it." },
  replicaPriority: {
    label: "replica-priority",
    help: "Redis only: of the replicas that are fit, sentinels promote the one with the least. 0: never this one.",
  },
  tags: {
    label: "Tags",
    help: "Words for consumers to choose by, separated by commas. Sentinels are first told to monitor the instance tagged “master”.",
  },
  weight: { label: "Weight", help: "This target's share of the requests, relative to the others'." },
  backup: { label: "Backup", help: "It gets requests only while no other target can take any." },
  maxFails: {
    label: "max_fails",
    help: "Of this target, where the balancer watches requests. −1: as the balancer has it; 0: it is never passed over.",
  },
  failTimeoutMs: { label: "fail_timeout", help: "How long this target is passed over. 0: as the balancer has it." },
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
  reads: {
    label: "获知方式",
    help: "如何得知有哪些实例：按注册中心的设置，或用自己的方式。每个请求都查询则永不陈旧，但多一次往返。",
    options: {
      registry: "按注册中心的设置",
      watch: "监听：变化立即通知",
      poll: "轮询：反复查询",
      "long-poll": "长轮询：有变化才应答",
      dns: "DNS，按记录的 TTL 缓存",
      request: "每个请求都查询",
    },
  },
  tag: { label: "要求的标签", help: "只要带有该标签的实例。空：全部；对哨兵则为主节点。“replica”向哨兵查询副本。" },
  version: { label: "版本", help: "实例自称的版本；消费方要求的版本。空：无，任意。" },
  zone: { label: "可用区", help: "实例自称所在的区；消费方优先选用的区（只要其中有实例）。空：无，任意。" },
  by: {
    label: "由谁注册",
    help: "自注册：正常工作时续约。旁边的注册器只看得到容器在运行，容器结束时替它注销。",
    options: { self: "自注册", registrar: "旁边的注册器" },
  },
  identity: {
    label: "重建后的 id",
    help: "新 id 会新增一条记录，旧记录留到失效为止；同一 id 则取代原记录。",
    options: { new: "新 id", same: "同一 id" },
  },
  says: {
    label: "自报状态",
    help: "在保存状态的注册中心（Consul）里，心跳上报的内容：warning 时 DNS 仍返回它，API 的 passing 过滤则不返回。",
    options: { passing: "passing", warning: "warning" },
  },
  asksTtlMs: { label: "请求的 TTL", help: "此实例请求的租约或会话时长。0：按注册中心的设置。" },
  replicaPriority: {
    label: "replica-priority",
    help: "仅用于 Redis：在合适的副本中，哨兵提升此值最小的一个。0：从不提升它。",
  },
  tags: { label: "标签", help: "供消费方挑选的词，以逗号分隔。哨兵最初监视的是带有标签“master”的实例。" },
  weight: { label: "权重", help: "该后端相对于其他后端分得的请求比例。" },
  backup: { label: "备用", help: "仅当其他后端都无法接收请求时才使用。" },
  maxFails: { label: "max_fails", help: "仅对该后端，当负载均衡器观察请求时。−1：同负载均衡器；0：从不跳过。" },
  failTimeoutMs: { label: "fail_timeout", help: "该后端被跳过多久。0：同负载均衡器。" },
};

/** The settings of links, whatever their role: one name means one thing. */
export const linkWords: { readonly en: Readonly<Record<string, SettingWords>>; readonly zh: Readonly<Record<string, SettingWords>> } = {
  en,
  zh,
};
