import { defineKindWords } from "../../view/kit/kind-words.ts";

export const words = defineKindWords({
  en: {
    name: "Virtual machine",
    parts: "Images on its disk",
    states: { off: "off", waiting: "waiting for its host", booting: "booting", running: "running", refused: "no memory for it" },
    settings: {
      memoryMb: { label: "Memory", help: "All of it is reserved on the host for as long as the VM is there." },
      guestOsMb: { label: "Guest OS", help: "What the guest's own operating system takes of that memory." },
      bootMs: { label: "Boot time", help: "From power-on until the guest's kernel can start containers." },
    },
  },
  zh: {
    name: "虚拟机",
    parts: "磁盘上的镜像",
    states: { off: "已关机", waiting: "等待宿主机", booting: "开机中", running: "运行中", refused: "内存不足" },
    settings: {
      memoryMb: { label: "内存", help: "虚拟机存在期间，全部预留在宿主机上。" },
      guestOsMb: { label: "客户机系统", help: "其中被客户机自身操作系统占用的部分。" },
      bootMs: { label: "开机时间", help: "从通电到客户机内核能够启动容器。" },
    },
  },
});
