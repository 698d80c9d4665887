import { defineKindWords } from "../../view/kit/kind-words.ts";

export const words = defineKindWords({
  en: {
    name: "Image registry",
    states: { running: "running", hung: "hung", dead: "dead", starting: "starting" },
    settings: {
      bandwidthMbitPerSecond: { label: "Bandwidth", help: "Shared by all pulls that run at the same time." },
    },
  },
  zh: {
    name: "镜像仓库",
    states: { running: "运行中", hung: "无响应", dead: "已终止", starting: "启动中" },
    settings: {
      bandwidthMbitPerSecond: { label: "带宽", help: "由同时进行的所有拉取共享。" },
    },
  },
});
