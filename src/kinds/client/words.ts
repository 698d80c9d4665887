import { defineKindWords } from "../../view/kit/kind-words.ts";

export const words = defineKindWords({
  en: {
    name: "Client",
    states: { sending: "sending", paused: "paused", "by-hand": "sends by hand", unpowered: "without power" },
    settings: {
      arrivals: {
        label: "Requests arrive",
        help: "Evenly spaced, at random as from many users, or only when you send one.",
        options: { constant: "evenly spaced", poisson: "at random (Poisson)", "by-hand": "by hand" },
      },
      ratePerSecond: { label: "Rate", help: "Requests issued in one second of simulated time, on average." },
      timeoutMs: { label: "Timeout", help: "After this long without an answer the request counts as timed out." },
    },
  },
  zh: {
    name: "客户端",
    states: { sending: "发送中", paused: "已暂停", "by-hand": "手动发送", unpowered: "已断电" },
    settings: {
      arrivals: {
        label: "请求到达方式",
        help: "等间隔、像众多用户那样随机，或仅在手动发送时。",
        options: { constant: "等间隔", poisson: "随机（泊松）", "by-hand": "手动" },
      },
      ratePerSecond: { label: "速率", help: "模拟时间内平均每秒发出的请求数。" },
      timeoutMs: { label: "超时时间", help: "超过这段时间没有响应，该请求记为超时。" },
    },
  },
});
