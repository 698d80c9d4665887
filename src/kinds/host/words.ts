import { defineKindWords } from "../../view/kit/kind-words.ts";

export const words = defineKindWords({
  en: {
    name: "Host",
    parts: "Images on its disk",
    states: { off: "off", waiting: "waiting", booting: "booting", running: "running", refused: "refused", panicked: "kernel panic" },
    settings: {
      memoryMb: { label: "Memory", help: "Shared by all that stands in it; a VM or container that doesn't fit is refused." },
      cores: {
        label: "Cores",
        help: "Shared out among all that compute on it, by their weights. Where requests need no computing (0 %, as set), cores limit nothing.",
      },
      bootMs: { label: "Boot time", help: "From power-on until it can start containers and VMs." },
    },
  },
  zh: {
    name: "宿主机",
    parts: "磁盘上的镜像",
    states: { off: "已关机", waiting: "等待中", booting: "开机中", running: "运行中", refused: "被拒绝", panicked: "内核崩溃" },
    settings: {
      memoryMb: { label: "内存", help: "其中所有容器和虚拟机共用；放不下的会被拒绝。" },
      cores: { label: "CPU 核数", help: "由在其上计算的一切按权重分享。请求不需要计算时（默认 0 %），核数不起限制。" },
      bootMs: { label: "开机时间", help: "从通电到能够启动容器和虚拟机。" },
    },
  },
});
