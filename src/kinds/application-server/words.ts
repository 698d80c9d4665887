import { defineKindWords } from "../../view/kit/kind-words.ts";

export const words = defineKindWords({
  en: {
    name: "Application server",
    states: {
      waiting: "waiting for its machine",
      starting: "starting",
      running: "running",
      stopping: "stopping",
      stopped: "stopped",
      hung: "hung",
      refused: "cannot start",
      dead: "dead",
    },
    settings: {
      port: {
        label: "Port",
        help: "On the address of its machine, for all applications in it. Two servers of one machine can't have the same.",
      },
      javaVersion: { label: "Java", help: "One version, for all applications in it." },
      heapMb: {
        label: "Heap",
        help: "-Xmx: shared by all applications in it. When it is full, the server exits, and all of them with it.",
      },
      runtimeMb: {
        label: "Its own memory",
        help: "What Java takes beside the heap. Nothing is set aside for it: its machine gives memory as it is used.",
      },
      startMs: { label: "Start time", help: "Until it can deploy applications." },
    },
  },
  zh: {
    name: "应用服务器",
    states: {
      waiting: "等待机器",
      starting: "启动中",
      running: "运行中",
      stopping: "停止中",
      stopped: "已停止",
      hung: "无响应",
      refused: "无法启动",
      dead: "已终止",
    },
    settings: {
      port: { label: "端口", help: "使用所在机器的地址，其中所有应用共用。同一台机器上的两个服务器不能用同一端口。" },
      javaVersion: { label: "Java 版本", help: "只有一个版本，其中所有应用共用。" },
      heapMb: { label: "堆内存", help: "-Xmx：其中所有应用共用。堆满时服务器退出，所有应用随之失效。" },
      runtimeMb: { label: "自身内存", help: "Java 在堆之外占用的内存。不预留：用多少，机器给多少。" },
      startMs: { label: "启动时间", help: "到能够部署应用为止。" },
    },
  },
});
