import { defineKindWords } from "../../view/kit/kind-words.ts";

export const words = defineKindWords({
  en: {
    name: "Dockerfile",
    parts: "Its layers, from the bottom",
    states: {
      unbuilt: "not built",
      resolving: "fetching its base",
      stepping: "next step",
      building: "building",
      built: "built",
      pushing: "pushing",
      failed: "build failed",
      unpowered: "without power",
    },
    settings: {
      tag: { label: "Builds the image", help: "The name and tag that the image gets on this machine, and under which it is pushed." },
      text: {
        label: "Dockerfile",
        help: "No shell is run here: a comment “# adds 35 MB in 8 s” before RUN, COPY or ADD says what it adds and how long it takes; without one a RUN adds 20 MB in 5 s, a COPY 5 MB in 0.1 s.",
      },
    },
  },
  zh: {
    name: "Dockerfile",
    parts: "镜像层，自下而上",
    states: {
      unbuilt: "未构建",
      resolving: "拉取基础镜像",
      stepping: "下一步",
      building: "构建中",
      built: "已构建",
      pushing: "推送中",
      failed: "构建失败",
      unpowered: "已断电",
    },
    settings: {
      tag: { label: "构建的镜像", help: "镜像在这台机器上得到的名称和标签，推送时也用它。" },
      text: {
        label: "Dockerfile",
        help: "这里不会执行 shell：在 RUN、COPY 或 ADD 前写注释“# adds 35 MB in 8 s”，说明它增加多少、需要多久；不写时 RUN 增加 20 MB、耗时 5 s，COPY 增加 5 MB、耗时 0.1 s。",
      },
    },
  },
});
