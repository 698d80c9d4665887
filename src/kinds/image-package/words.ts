import { defineKindWords } from "../../view/kit/kind-words.ts";

export const words = defineKindWords({
  en: {
    name: "Image",
    parts: "Where it lies, and which it is there",
    states: { package: "package", unbuilt: "not built yet" },
    acts: { publish: "Publish a new one" },
    settings: {
      image: {
        label: "Image",
        help: "Repository and tag. It is a package: drag it onto a host, or run it there (Shift N), and a container of it is made.",
      },
    },
  },
  zh: {
    name: "镜像",
    parts: "它在哪里，各是哪一个",
    states: { package: "安装包", unbuilt: "尚未构建" },
    acts: { publish: "发布新版本" },
    settings: {
      image: { label: "镜像", help: "仓库名与标签。镜像像安装包：把它拖到宿主机上，或在那里运行（Shift N），就会由它创建一个容器。" },
    },
  },
});
