import { both } from "./both.ts";

/** States of a balancer's target, a registry's lease, a caller's address. The keys are those of `PartStatus.state`. */
export const partWords = both(
  {
    unchecked: "not checked",
    up: "UP",
    "going-down": "UP, failing",
    "going-up": "DOWN, passing",
    down: "DOWN",
    passing: "passing",
    overdue: "overdue",
    held: "held",
    kept: "last known",
    expired: "expired",
    absent: "absent",
    stale: "stale",
    dns: "by DNS",
    fixed: "fixed",
    discovered: "discovered",
  },
  {
    unchecked: "未检查",
    up: "UP",
    "going-down": "UP，失败中",
    "going-up": "DOWN，恢复中",
    down: "DOWN",
    passing: "通过",
    overdue: "逾期",
    held: "有效",
    kept: "最后所知",
    expired: "已过期",
    absent: "不存在",
    stale: "地址已失效",
    dns: "经 DNS",
    fixed: "固定地址",
    discovered: "经服务发现",
  },
);
