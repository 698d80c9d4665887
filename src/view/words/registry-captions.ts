/** What happens to registries, their readers and their members (see `captions.ts`). */
export const registryCaptions = {
  en: {
    "self-preservation-over": "{node0} evicts again: enough instances renew.",
    "self-preservation":
      "{node0} evicts nobody: {renewals} renewals in the last minute, and up to {wanted} are too few to be believed. Consumers keep whoever is dead.",
    "registry-lost":
      "[{cause}, so ]{node0}[ and {others} more] can't reach {node1}, [?others go|goes] on with the {count instance instances} known so far, and [?others learn|learns] of no change.",
    "registry-found": "{node0}[ and {others} more read| reads] {node1} again: {count instance instances}.",
    "election-began":
      "{node0}[ and {others} more hear| hears] no leader and [?others stand|stands] for election, in term {term}. Until somebody leads, nothing can be registered.",
    elected: "{node0} leads in term {term}: {votes} members voted for it.",
    "quorum-lost": "{node0} hears only {count} of {of} members: it leads no more, and nothing can be registered here.",
    follows: "{node0} follows {node1} and has caught up with the {count write writes} that it missed.",
    "write-refused": "{node0}[ and {others} more refuse| refuses] {node1}: there is no leader to agree with. It goes on to another member.",
    "replica-down":
      "[{cause}, so ]{node1}, a replica by now, has not answered {node0}[ and {others} more] for too long: it would not be chosen as master.",
    "subjectively-down":
      "[{cause}, so ]{node1} has not answered {node0}[ and {others} more] for too long. A sentinel that finds it down can do nothing by itself.",
    "objectively-down": "{node1} is down for {count} sentinels; {of} were to agree. Now one of them has to be elected.",
    "failover-began": "{node0}[ and {others} more stand| stands] for election in epoch {term}, to replace {node1}.",
    "failover-elected": "{node0} runs the failover of epoch {term}: {votes} sentinels voted for it.",
    "failover-aborted.1": "{node0}[ and {others} more were| was] not elected: {node1} stays master in name, and is down.",
    "failover-aborted.2": "{node0} finds no replica of {node1} that is fit to be master.",
    "failover-aborted.3": "{node0} gave up: the replica that was to replace {node1} did not become master in time.",
    promoted: "{node1} is master now: {node0} has ordered it so.",
    "switched-master": "{node0}[ and {others} more answer| answers] with {node1} from now on, and [?others tell|tells] those who watch.",
    replicates: "{node1}[ and {others} more replicate| replicates] from the master that {node0} names.",
    "peer-lost": "{node0}[ and {others} more have| has] no answer from {node1}: each goes on by itself, and from now on they may differ.",
    "peer-found": "{node0}[ and {others} more reach| reaches] {node1} again: the instances' next renewals bring each what it missed.",
  },
  zh: {
    "self-preservation-over": "{node0} 恢复剔除：续约的实例足够多。",
    "self-preservation":
      "{node0} 不剔除任何实例：上一分钟只有 {renewals} 次续约，不超过 {wanted} 次就不足为信。消费方会继续使用已失效的实例。",
    "registry-lost": "[{cause}，所以]{node0}[ 及另外 {others} 个]无法访问 {node1}：继续使用已知的 {count} 个实例，不再得知任何变化。",
    "registry-found": "{node0}[ 及另外 {others} 个]重新读到 {node1}：{count} 个实例。",
    "election-began": "{node0}[ 及另外 {others} 个]听不到领导者，在任期 {term} 发起选举。选出之前无法注册。",
    elected: "{node0} 以 {votes} 票成为任期 {term} 的领导者。",
    "quorum-lost": "{node0} 只听到 {of} 个成员中的 {count} 个：不再是领导者，这一侧无法注册。",
    follows: "{node0} 跟随 {node1}，补上了错过的 {count} 次写入。",
    "write-refused": "{node0}[ 及另外 {others} 个]拒绝 {node1}：没有可以达成一致的领导者。它会转向另一个成员。",
    "replica-down": "[{cause}，所以]{node1} 现为副本，太久未应答 {node0}[ 及另外 {others} 个]：不会被选为主节点。",
    "subjectively-down": "[{cause}，所以]{node1} 太久未应答 {node0}[ 及另外 {others} 个]：主观下线。单独一个哨兵什么也不能做。",
    "objectively-down": "{count} 个哨兵认为 {node1} 下线（需要 {of} 个）：客观下线，接着须从中选出一个来执行故障转移。",
    "failover-began": "{node0}[ 及另外 {others} 个]在纪元 {term} 发起选举，要替换 {node1}。",
    "failover-elected": "{node0} 以 {votes} 票执行纪元 {term} 的故障转移。",
    "failover-aborted.1": "{node0}[ 及另外 {others} 个]未能当选：{node1} 名义上仍是主节点，却已下线。",
    "failover-aborted.2": "{node0} 找不到适合接替 {node1} 的副本。",
    "failover-aborted.3": "{node0} 放弃：要接替 {node1} 的副本未能及时成为主节点。",
    promoted: "{node1} 现在是主节点：由 {node0} 下令。",
    "switched-master": "{node0}[ 及另外 {others} 个]从此以 {node1} 作答，并通知监听者。",
    replicates: "{node1}[ 及另外 {others} 个]从 {node0} 所指的主节点复制。",
    "peer-lost": "{node0}[ 及另外 {others} 个]得不到 {node1} 的应答：各自继续工作，从此内容可能不同。",
    "peer-found": "{node0}[ 及另外 {others} 个]重新与 {node1} 连通：实例的下一次续约会补上各自错过的内容。",
  },
} as const;
