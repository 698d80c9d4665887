import { defineKindWords } from "../../view/kit/kind-words.ts";

export const words = defineKindWords({
  en: {
    name: "Zone",
    states: { whole: "whole", lost: "lost" },
    settings: {
      shares: {
        label: "What they share",
        help: "What all in it depend on together, and what its fault takes away.",
        options: { power: "power", network: "network" },
      },
    },
  },
  zh: {
    name: "可用区",
    states: { whole: "完好", lost: "失效" },
    settings: {
      shares: {
        label: "共享的是",
        help: "其中所有机器共同依赖、故障时一起失去的东西。",
        options: { power: "电源", network: "网络" },
      },
    },
  },
});
