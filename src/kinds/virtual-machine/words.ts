import { defineKindWords } from "../../view/kit/kind-words.ts";

export const words = defineKindWords({
  en: {
    name: "Virtual machine",
    parts: "Images on its disk",
    states: {
      off: "off",
      waiting: "waiting for its host",
      booting: "booting",
      running: "running",
      "shutting-down": "shutting down",
      refused: "no room for it",
      panicked: "kernel panic",
    },
    settings: {
      memoryMb: { label: "Memory", help: "All of it is reserved on the host for as long as the VM is there." },
      guestOsMb: { label: "Guest OS", help: "What the guest's own operating system takes of that memory." },
      vcpus: { label: "vCPUs", help: "The most cores that all in it can use at once: what computes in it sees no others." },
      vcpusAre: {
        label: "vCPUs are",
        help: "Shared: they compete with all else on the host, by weight. Reserved: so many cores of the host are the VM's own, in use or not; if there are not as many left, it is refused.",
        options: { shared: "shared", reserved: "reserved" },
      },
      cpuShares: {
        label: "CPU weight",
        help: "Its part of cores that are fought for, against others on the host; 1024 is the usual weight.",
      },
      diskMb: {
        label: "Disk",
        help: "Its virtual disk: image layers, volumes and what containers write. When it is full, pulls and builds fail, and whoever writes answers with 500.",
      },
      bandwidthMbitPerSecond: {
        label: "Bandwidth",
        help: "Of its virtual network card: images are pulled and pushed no faster, nor faster than its host can. 0: no limit of its own.",
      },
      bootMs: { label: "Boot time", help: "From power-on until the guest's kernel can start containers." },
      stopTimeoutMs: {
        label: "Stop timeout",
        help: "When it is shut down, what runs on it has so long to stop; then it goes off all the same.",
      },
    },
  },
  zh: {
    name: "虚拟机",
    parts: "磁盘上的镜像",
    states: {
      off: "已关机",
      waiting: "等待宿主机",
      booting: "开机中",
      running: "运行中",
      "shutting-down": "关机中",
      refused: "资源不足",
      panicked: "内核崩溃",
    },
    settings: {
      memoryMb: { label: "内存", help: "虚拟机存在期间，全部预留在宿主机上。" },
      guestOsMb: { label: "客户机系统", help: "其中被客户机自身操作系统占用的部分。" },
      vcpus: { label: "vCPU 数", help: "其中的一切合起来最多能同时使用的核数：虚拟机里看不到更多。" },
      vcpusAre: {
        label: "vCPU 方式",
        help: "共享：按权重与宿主机上的其他一切竞争。预留：宿主机的这些核归它独占，不用也不让出；不够时拒绝启动。",
        options: { shared: "共享", reserved: "预留" },
      },
      cpuShares: { label: "CPU 权重", help: "争用时在宿主机上所占的份额；通常是 1024。" },
      diskMb: { label: "磁盘", help: "它的虚拟磁盘：镜像层、数据卷和容器写入的内容。写满后，拉取和构建失败，要写盘的请求以 500 失败。" },
      bandwidthMbitPerSecond: { label: "带宽", help: "虚拟网卡的带宽：拉取和推送镜像不会更快，也不会超过宿主机的带宽。0：自身不设上限。" },
      bootMs: { label: "开机时间", help: "从通电到客户机内核能够启动容器。" },
      stopTimeoutMs: { label: "停止超时", help: "关机时，其上运行的一切有这么长时间停止；到时无论如何都会关机。" },
    },
  },
});
