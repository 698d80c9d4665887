import { defineKindWords } from "../../view/kit/kind-words.ts";

export const words = defineKindWords({
  en: {
    name: "Host",
    parts: "Images on its disk",
    states: {
      off: "off",
      waiting: "waiting",
      booting: "booting",
      running: "running",
      "shutting-down": "shutting down",
      refused: "refused",
      panicked: "kernel panic",
    },
    settings: {
      memoryMb: { label: "Memory", help: "Shared by all that stands in it; a VM or container that doesn't fit is refused." },
      cores: {
        label: "Cores",
        help: "Shared out among all that compute on it, by their weights. Where requests need no computing (0 %, as set), cores limit nothing.",
      },
      diskMb: {
        label: "Disk",
        help: "Image layers, volumes and what containers write. When it is full, pulls and builds fail (no space left on device), and whoever writes answers with 500.",
      },
      bandwidthMbitPerSecond: {
        label: "Bandwidth",
        help: "Of its network card: images are pulled and pushed no faster, however fast the registry is. 0: no limit of its own.",
      },
      bootMs: { label: "Boot time", help: "From power-on until it can start containers and VMs." },
      stopTimeoutMs: {
        label: "Stop timeout",
        help: "When it is shut down, what runs on it has so long to stop; then it goes off all the same.",
      },
    },
  },
  zh: {
    name: "宿主机",
    parts: "磁盘上的镜像",
    states: {
      off: "已关机",
      waiting: "等待中",
      booting: "开机中",
      running: "运行中",
      "shutting-down": "关机中",
      refused: "被拒绝",
      panicked: "内核崩溃",
    },
    settings: {
      memoryMb: { label: "内存", help: "其中所有容器和虚拟机共用；放不下的会被拒绝。" },
      cores: { label: "CPU 核数", help: "由在其上计算的一切按权重分享。请求不需要计算时（默认 0 %），核数不起限制。" },
      diskMb: {
        label: "磁盘",
        help: "镜像层、数据卷和容器写入的内容都在上面。写满后，拉取和构建失败（no space left on device），要写盘的请求以 500 失败。",
      },
      bandwidthMbitPerSecond: { label: "带宽", help: "网卡的带宽：镜像仓库再快，拉取和推送镜像也不会更快。0：自身不设上限。" },
      bootMs: { label: "开机时间", help: "从通电到能够启动容器和虚拟机。" },
      stopTimeoutMs: { label: "停止超时", help: "关机时，其上运行的一切有这么长时间停止；到时无论如何都会关机。" },
    },
  },
});
