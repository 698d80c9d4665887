import { defineKindWords } from "../../view/kit/kind-words.ts";

export const words = defineKindWords({
  en: {
    name: "Service registry",
    states: { starting: "starting", running: "running", hung: "hung", dead: "dead", unpowered: "without power" },
    settings: {
      ttlMs: { label: "Lease (TTL)", help: "A registration ends this long after its last renewal." },
      consumers: {
        label: "Consumers",
        help: "Watch: told of a change at once. Poll: they ask again and again.",
        options: { watch: "watch", poll: "poll" },
      },
      pollMs: { label: "Poll interval", help: "How often a consumer asks; until then it uses what it knew." },
    },
  },
  zh: {
    name: "注册中心",
    states: { starting: "启动中", running: "运行中", hung: "无响应", dead: "已终止", unpowered: "已断电" },
    settings: {
      ttlMs: { label: "租约 (TTL)", help: "最后一次续约之后，经过这段时间注册失效。" },
      consumers: {
        label: "消费方式",
        help: "监听：变化立即通知。轮询：消费方反复查询。",
        options: { watch: "监听 (watch)", poll: "轮询 (poll)" },
      },
      pollMs: { label: "轮询间隔", help: "消费方多久查询一次；在此之前使用旧结果。" },
    },
  },
});
