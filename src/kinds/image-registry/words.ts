import { defineKindWords } from "../../view/kit/kind-words.ts";

export const words = defineKindWords({
  en: {
    name: "Image registry",
    parts: "Images that it holds",
    states: { starting: "starting", running: "running", hung: "hung", dead: "dead", unpowered: "without power" },
    settings: {
      bandwidthMbitPerSecond: { label: "Bandwidth", help: "Shared by all pulls that run at the same time." },
    },
  },
  zh: {
    name: "镜像仓库",
    parts: "持有的镜像",
    states: { starting: "启动中", running: "运行中", hung: "无响应", dead: "已终止", unpowered: "已断电" },
    settings: {
      bandwidthMbitPerSecond: { label: "带宽", help: "由同时进行的所有拉取共享。" },
    },
  },
});
