import type { Language } from "./fill.ts";
import type { RoleId } from "./link-settings.ts";

/** What a link is there for, in its own words: they stand at the link, and in what is said of one that may not be. */
export const roleWords: Readonly<Record<Language, Readonly<Record<RoleId, string>>>> = {
  en: {
    call: "call",
    discover: "discover and call",
    forward: "forward",
    source: "read targets",
    register: "register",
    peer: "be members of one",
    pull: "pull images",
  },
  zh: { call: "调用", discover: "发现并调用", forward: "转发", source: "读取目标", register: "注册", peer: "组成集群", pull: "拉取镜像" },
};
