/** What happens between a balancer and its targets (see `captions.ts`). */
export const balancerCaptions = {
  en: {
    missed: "[{cause}, so ]{node0}’s check of {node1}[ (and {others} more)] failed: {count} of {of}.",
    passed: "{node0}’s check of {node1}[ (and {others} more)] passed: {count} of {of}.",
    "target-added": "{node0} has learnt of {node1}[ and {others} more]: [?others new targets|a new target].",
    "target-removed": "[{cause}, so ]{node0} dropped {node1}[ and {others} more] from its targets.",
    "target-down":
      "{node1}[ and {others} more] missed {count check checks} in a row, so {node0} stopped sending [?others them|it] requests[ after {afterUs}][ (predicted: {fromUs} to {toUs})].",
    "first.target-up": "{node0} begins to send {node1}[ and {others} more] requests: the checks pass.",
    "target-up": "{node0} sends {node1}[ and {others} more] requests again: the checks pass.",
    "passed-over":
      "{count request requests} failed on {node1}[ (and {others} more)], so {node0} passes [?others them|it] over for {forUs}[, {afterUs} after the fault].",
    "tried-again": "{node0} tries {node1}[ and {others} more] again: [?others they have|it has] been passed over for long enough.",
    readmitted: "{node0} sends {node1}[ and {others} more] requests as before: [?others they answer|it answers].",
    unnoticed: "{node0}[ and {others} more] will not notice: as far as [?others they look|it looks], {node1} is well.",
    "readmitted.unseen":
      "{node0} sends {node1}[ and {others} more] requests as before: its client gave up before it could answer, and nothing has failed.",
    drained: "{node0} drains {node1}: it chooses it for nobody new; who is bound to it still goes there.",
    readied: "{node0} sends {node1} requests again.",
    "took-address": "{node0} heard no advertisement any more and took over the virtual address.",
    "took-address.back": "{node0} has the higher priority than the master, and took the virtual address from it.",
  },
  zh: {
    missed: "[{cause}，所以]{node0} 对 {node1}[（及另外 {others} 个）]的健康检查失败：第 {count} 次，共 {of} 次。",
    passed: "{node0} 对 {node1}[（及另外 {others} 个）]的健康检查通过：第 {count} 次，共 {of} 次。",
    "target-added": "{node0} 得知了 {node1}[ 及另外 {others} 个]：新增的后端。",
    "target-removed": "[{cause}，所以]{node0} 从后端中移除 {node1}[ 及另外 {others} 个]。",
    "target-down":
      "{node1}[ 及另外 {others} 个]连续 {count} 次健康检查失败，所以 {node0} [在 {afterUs} 后]不再向它发送请求[（预计 {fromUs} 至 {toUs}）]。",
    "first.target-up": "{node0} 开始向 {node1}[ 及另外 {others} 个]发送请求：健康检查已通过。",
    "target-up": "{node0} 重新向 {node1}[ 及另外 {others} 个]发送请求：健康检查已通过。",
    "passed-over": "{node1}[（及另外 {others} 个）]上有 {count} 个请求失败，所以 {node0} [在故障后 {afterUs} ]暂时跳过它，为时 {forUs}。",
    "tried-again": "{node0} 再次尝试 {node1}[ 及另外 {others} 个]：跳过的时间已满。",
    readmitted: "{node0} 恢复向 {node1}[ 及另外 {others} 个]发送请求：它已应答。",
    unnoticed: "{node0}[ 及另外 {others} 个]不会察觉：就其所能看到的，{node1} 一切正常。",
    "readmitted.unseen": "{node0} 恢复向 {node1}[ 及另外 {others} 个]发送请求：客户端在它应答之前已放弃，不计为失败。",
    drained: "{node0} 排空 {node1}：不再为新访客选择它，已绑定到它的访客仍会去那里。",
    readied: "{node0} 重新向 {node1} 发送请求。",
    "took-address": "{node0} 收不到主节点的通告，接管了虚拟地址。",
    "took-address.back": "{node0} 优先级更高，抢占了现任主节点的虚拟地址。",
  },
} as const;
