/** The words of `document/serving-settings.ts`, shared by every kind that works on requests itself. */
export const servingWords = {
  en: {
    workDistribution: {
      label: "Work per request",
      help: "How the time a request needs varies from one to the next.",
      options: { constant: "constant", exponential: "exponential", "log-normal": "log-normal", empirical: "measured samples" },
    },
    workMs: { label: "Mean work", help: "Time one request occupies a worker, on average. Log-normal: the median." },
    workSpread: { label: "Spread", help: "Standard deviation of the logarithm: 0.5 is ordinary, 1 has a long tail." },
    workSamplesMs: { label: "Samples", help: "Measured times, separated by commas; one is drawn for each request." },
    concurrency: { label: "Concurrency", help: "Requests worked on at the same time; the others wait in the queue." },
    queueLimit: { label: "Queue limit", help: "Requests that may wait; one more is refused with 503." },
    agentSays: { label: "Its agent says", help: "What a balancer with agent checks hears: up, down, 50%, drain, maint, ready." },
  },
  zh: {
    workDistribution: {
      label: "单个请求的耗时",
      help: "每个请求所需时间如何变化。",
      options: { constant: "固定", exponential: "指数分布", "log-normal": "对数正态分布", empirical: "实测样本" },
    },
    workMs: { label: "平均耗时", help: "一个请求平均占用一个工作线程的时间；对数正态分布时为中位数。" },
    workSpread: { label: "离散程度", help: "对数的标准差：0.5 属于常见，1 则长尾明显。" },
    workSamplesMs: { label: "样本", help: "实测耗时，用逗号分隔；每个请求抽取一个。" },
    concurrency: { label: "并发数", help: "同时处理的请求数；其余在队列中等待。" },
    queueLimit: { label: "队列上限", help: "允许排队的请求数；再多一个就以 503 拒绝。" },
    agentSays: { label: "代理应答", help: "启用代理检查的负载均衡器听到的内容：up、down、50%、drain、maint、ready。" },
  },
} as const;
