import { defineKindWords } from "../../view/kit/kind-words.ts";

const algorithms = {
  "nginx-round-robin": "nginx smooth weighted round robin",
  "haproxy-roundrobin": "HAProxy roundrobin",
  "least-connections": "least connections",
  random: "random",
  "haproxy-static-rr": "HAProxy static-rr",
  "haproxy-first": "HAProxy first: the first with room",
  "haproxy-random": "HAProxy random(2)",
  "nginx-least-conn": "nginx least_conn",
  "nginx-random-two": "nginx random two",
};

const algorithmsInChinese: typeof algorithms = {
  "nginx-round-robin": "nginx 平滑加权轮询",
  "haproxy-roundrobin": "HAProxy 轮询",
  "least-connections": "最少连接",
  random: "随机",
  "haproxy-static-rr": "HAProxy 静态轮询 static-rr",
  "haproxy-first": "HAProxy first：首个有空位的后端",
  "haproxy-random": "HAProxy 随机二选一 random(2)",
  "nginx-least-conn": "nginx 最少连接 least_conn",
  "nginx-random-two": "nginx 随机二选一 random two",
};

export const words = defineKindWords({
  en: {
    name: "Load balancer",
    states: { starting: "starting", running: "running", hung: "hung", dead: "dead", unpowered: "without power" },
    settings: {
      algorithm: { label: "Algorithm", help: "Which target gets the next request.", options: algorithms },
      checks: {
        label: "Health checks",
        help: "TCP: the port answers. HTTP: the service itself answers, so a hung one is noticed.",
        options: { none: "none", tcp: "TCP", http: "HTTP" },
      },
      intervalMs: { label: "Interval", help: "The next check starts this long after the end of the previous one." },
      fastIntervalMs: { label: "Fast interval", help: "While a target is going up or down. 0: as the interval." },
      downIntervalMs: { label: "Down interval", help: "While a target is DOWN. 0: as the interval." },
      checkTimeoutMs: { label: "Check timeout", help: "A check without an answer by then has failed. 0: as long as the interval." },
      fall: { label: "Fall", help: "Checks missed in a row until the target is DOWN." },
      rise: { label: "Rise", help: "Checks passed in a row until the target is UP again." },
      connectTimeoutMs: { label: "Connect timeout", help: "How long it waits for a target to accept a connection." },
      serverTimeoutMs: { label: "Server timeout", help: "How long it waits for the answer; then the request fails with 504." },
      rules: {
        label: "Failures by the rules of",
        help: "HAProxy: a request is tried again after its connection failed. nginx: it goes to the next target, and one that failed is passed over for a while.",
        options: { haproxy: "HAProxy", nginx: "nginx" },
      },
      maxFails: { label: "max_fails", help: "Failures until a target is passed over. 0: never." },
      failTimeoutMs: { label: "fail_timeout", help: "How long it is then passed over, in whole seconds; after that one request tries it." },
      tries: { label: "next_upstream_tries", help: "Targets that a request is sent to at most. 0: each of them once." },
      resend: {
        label: "Resend what was sent",
        help: "A request that a target had already received goes to the next one too, as a GET may; a POST may not.",
      },
      retries: { label: "Retries", help: "Further attempts after a connection failed." },
      redispatch: { label: "Redispatch", help: "A retry goes to another target instead of the same one." },
      targetLimit: { label: "Limit per target", help: "Requests one target may hold at once; more wait here. 0: no limit." },
      queueLimit: { label: "Queue limit", help: "Requests that may wait for a target; one more is refused with 503." },
      queueTimeoutMs: { label: "Queue timeout", help: "A request that waited this long here fails with 503." },
    },
  },
  zh: {
    name: "负载均衡器",
    states: { starting: "启动中", running: "运行中", hung: "无响应", dead: "已终止", unpowered: "已断电" },
    settings: {
      algorithm: { label: "调度算法", help: "下一个请求发给哪个后端。", options: algorithmsInChinese },
      checks: {
        label: "健康检查",
        help: "TCP：端口有应答。HTTP：服务本身有应答，因此能发现无响应的实例。",
        options: { none: "无", tcp: "TCP", http: "HTTP" },
      },
      intervalMs: { label: "检查间隔", help: "上一次检查结束后，隔多久开始下一次。" },
      fastIntervalMs: { label: "快速间隔", help: "后端正在上线或下线时使用。0：同检查间隔。" },
      downIntervalMs: { label: "故障间隔", help: "后端为 DOWN 时使用。0：同检查间隔。" },
      checkTimeoutMs: { label: "检查超时", help: "到时仍无应答即为失败。0：与检查间隔相同。" },
      fall: { label: "失败阈值 fall", help: "连续失败多少次后判为 DOWN。" },
      rise: { label: "恢复阈值 rise", help: "连续成功多少次后恢复为 UP。" },
      connectTimeoutMs: { label: "连接超时", help: "等待后端接受连接的最长时间。" },
      serverTimeoutMs: { label: "响应超时", help: "等待响应的最长时间；超过则以 504 失败。" },
      rules: {
        label: "故障处理规则",
        help: "HAProxy：连接失败后重试该请求。nginx：请求转给下一个后端，失败的后端在一段时间内被跳过。",
        options: { haproxy: "HAProxy", nginx: "nginx" },
      },
      maxFails: { label: "max_fails", help: "失败多少次后跳过该后端。0：从不跳过。" },
      failTimeoutMs: { label: "fail_timeout", help: "被跳过多久（整秒）；之后由一个请求试探它。" },
      tries: { label: "next_upstream_tries", help: "一个请求最多发给几个后端。0：每个各一次。" },
      resend: { label: "重发已发送的请求", help: "后端已收到的请求也转给下一个后端，如 GET；POST 则不可。" },
      retries: { label: "重试次数", help: "连接失败后再尝试的次数。" },
      redispatch: { label: "重新调度", help: "重试时换一个后端，而不是原来那个。" },
      targetLimit: { label: "单后端上限", help: "一个后端同时处理的请求数，超出的在此等待。0：不限。" },
      queueLimit: { label: "队列上限", help: "允许等待后端的请求数；再多一个就以 503 拒绝。" },
      queueTimeoutMs: { label: "排队超时", help: "在此等待超过这段时间的请求以 503 失败。" },
    },
  },
});
