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
      timeoutMs: {
        label: "Timeout",
        help: "After this long without an answer the request counts as timed out, and its connections are closed.",
      },
      visitors: { label: "Visitors", help: "Distinct addresses its requests come from: what a hash of the source tells apart." },
      paths: { label: "Paths", help: "Distinct paths they ask for, /key0 and on: what a hash of the URI tells apart." },
      firstAddress: {
        label: "First address",
        help: "Of the first visitor; the others follow it one by one, as from one network. Empty: they come from all over.",
      },
      popularity: {
        label: "Popularity",
        help: "How requests fall on visitors and paths.",
        options: { even: "all alike", zipf: "few are popular (Zipf)", "in-turn": "one after the other" },
      },
      connectionRequests: {
        label: "Requests per connection",
        help: "How many go over one kept-alive connection before the next is opened.",
      },
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
      timeoutMs: { label: "超时时间", help: "超过这段时间没有响应，该请求记为超时，其连接被关闭。" },
      visitors: { label: "访客数", help: "请求来自多少个不同的地址：按源地址哈希时据此区分。" },
      paths: { label: "路径数", help: "请求多少个不同的路径（/key0 起）：按 URI 哈希时据此区分。" },
      firstAddress: { label: "首个地址", help: "第一个访客的地址，其余依次递增，如来自同一网络。留空：来自各地。" },
      popularity: {
        label: "热度分布",
        help: "请求在访客和路径之间如何分布。",
        options: { even: "均匀", zipf: "少数热门（Zipf）", "in-turn": "依次轮流" },
      },
      connectionRequests: { label: "每连接请求数", help: "一条保持的连接上发送多少个请求后才新建下一条。" },
    },
  },
});
