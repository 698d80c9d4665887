import { defineKindWords } from "../../view/kit/kind-words.ts";
import { computingWords } from "../../view/kit/computing-words.ts";
import { memoryWords } from "../../view/kit/memory-words.ts";
import { registeringWords } from "../../view/kit/registering-words.ts";
import { servingWords } from "../../view/kit/serving-words.ts";

export const words = defineKindWords({
  en: {
    name: "Web app (WAR)",
    states: {
      waiting: "waiting for its server",
      starting: "being deployed",
      running: "running",
      stopping: "stopping with its server",
      stopped: "stopped with its server",
      slowed: "slow",
      hung: "hung with its server",
      refused: "cannot be deployed",
      dead: "undeployed",
    },
    settings: {
      path: { label: "Path", help: "Under which its server has it. Two of one server can't have the same." },
      javaFrom: { label: "Java, at least", help: "Its server runs one Java for all: an older one cannot run it." },
      javaTo: { label: "Java, at most", help: "A newer Java cannot run it: what it uses is no longer there." },
      ...servingWords.en,
      ...computingWords.en,
      ...memoryWords.en,
      ...registeringWords.en,
      deployMs: { label: "Deploy time", help: "From the copied WAR, or the start of its server, until it answers." },
      unloadDelayMs: {
        label: "Unload delay",
        help: "When its server stops, it takes nothing new and has so long to answer what it has in hand; then it withdraws from its registry.",
      },
    },
  },
  zh: {
    name: "Web 应用（WAR）",
    states: {
      waiting: "等待服务器",
      starting: "部署中",
      running: "运行中",
      stopping: "随服务器停止中",
      stopped: "随服务器停止",
      slowed: "变慢",
      hung: "随服务器无响应",
      refused: "无法部署",
      dead: "已卸载",
    },
    settings: {
      path: { label: "路径", help: "在服务器中的路径。同一服务器中的两个应用不能相同。" },
      javaFrom: { label: "Java 最低版本", help: "服务器对所有应用只运行一个 Java：更旧的无法运行它。" },
      javaTo: { label: "Java 最高版本", help: "更新的 Java 无法运行它：它用到的东西已不存在。" },
      ...servingWords.zh,
      ...computingWords.zh,
      ...memoryWords.zh,
      ...registeringWords.zh,
      deployMs: { label: "部署时间", help: "从放入 WAR 或服务器启动，到开始应答。" },
      unloadDelayMs: { label: "卸载等待", help: "服务器停止时，它不再接受新请求，并有这么长时间答完手中的请求；然后向注册中心注销。" },
    },
  },
});
