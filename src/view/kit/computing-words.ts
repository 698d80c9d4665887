/** The words of `document/computing-settings.ts`. */
export const computingWords = {
  en: {
    computingPercent: {
      label: "Computing",
      help: "How much of the work needs a processor; the rest waits, for a disk or for somebody else. It computes first. 0 %: the cores of its machine limit nothing.",
    },
  },
  zh: {
    computingPercent: {
      label: "计算占比",
      help: "耗时中需要 CPU 的部分；其余是等待（磁盘或其他服务）。先计算，后等待。0 %：所在机器的核数不起限制。",
    },
  },
} as const;

export const processorShareWords = {
  en: {
    cpuShares: {
      label: "CPU shares",
      help: "docker run --cpu-shares: its weight where cores are fought for. Where there are enough, it changes nothing.",
    },
    cpus: { label: "CPU limit", help: "docker run --cpus: the most cores it may use at once, even if others are idle. 0: no limit." },
  },
  zh: {
    cpuShares: { label: "CPU 份额", help: "docker run --cpu-shares：争用 CPU 时的权重；核数充足时不起作用。" },
    cpus: { label: "CPU 上限", help: "docker run --cpus：最多同时使用的核数，即使其他核空闲。0：不限。" },
  },
} as const;
