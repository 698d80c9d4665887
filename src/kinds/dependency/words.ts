import { defineKindWords } from "../../view/kit/kind-words.ts";
import { servingWords } from "../../view/kit/serving-words.ts";

export const words = defineKindWords({
  en: {
    name: "Dependency",
    states: {
      starting: "starting",
      running: "running",
      slowed: "slow",
      erring: "returning errors",
      resetting: "resets connections",
      failing: "answers 503",
      dropping: "cut off",
      hung: "hung",
      dead: "dead",
      unpowered: "without power",
    },
    settings: {
      sort: {
        label: "What it is",
        help: "Decides its drawing; how it behaves is set below.",
        options: { database: "database", cache: "cache", queue: "message queue", "third-party": "third party" },
      },
      ...servingWords.en,
    },
  },
  zh: {
    name: "外部依赖",
    states: {
      starting: "启动中",
      running: "运行中",
      slowed: "变慢",
      erring: "返回错误",
      resetting: "重置连接",
      failing: "返回 503",
      dropping: "网络隔离",
      hung: "无响应",
      dead: "已终止",
      unpowered: "已断电",
    },
    settings: {
      sort: {
        label: "类型",
        help: "决定图形；行为由下面的设置决定。",
        options: { database: "数据库", cache: "缓存", queue: "消息队列", "third-party": "第三方服务" },
      },
      ...servingWords.zh,
    },
  },
});
