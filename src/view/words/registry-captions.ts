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
    "peer-lost": "{node0}[ and {others} more have| has] no answer from {node1}: each goes on by itself, and from now on they may differ.",
    "peer-found": "{node0}[ and {others} more reach| reaches] {node1} again: the instances' next renewals bring each what it missed.",
  },
  zh: {
    "self-preservation-over": "{node0} 恢复剔除：续约的实例足够多。",
    "self-preservation":
      "{node0} 不剔除任何实例：上一分钟只有 {renewals} 次续约，不超过 {wanted} 次就不足为信。消费方会继续使用已失效的实例。",
    "registry-lost": "[{cause}，所以]{node0}[ 等另外 {others} 个]无法访问 {node1}：继续使用已知的 {count} 个实例，不再得知任何变化。",
    "registry-found": "{node0}[ 等另外 {others} 个]重新读到 {node1}：{count} 个实例。",
    "election-began": "{node0}[ 等另外 {others} 个]听不到领导者，在任期 {term} 发起选举。选出之前无法注册。",
    elected: "{node0} 以 {votes} 票成为任期 {term} 的领导者。",
    "quorum-lost": "{node0} 只听到 {of} 个成员中的 {count} 个：不再是领导者，这一侧无法注册。",
    follows: "{node0} 跟随 {node1}，补上了错过的 {count} 次写入。",
    "write-refused": "{node0}[ 等另外 {others} 个]拒绝 {node1}：没有可以达成一致的领导者。它会转向另一个成员。",
    "peer-lost": "{node0}[ 等另外 {others} 个]得不到 {node1} 的应答：各自继续工作，从此内容可能不同。",
    "peer-found": "{node0}[ 等另外 {others} 个]重新与 {node1} 连通：实例的下一次续约会补上各自错过的内容。",
  },
} as const;
