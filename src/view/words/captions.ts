import type { NodeId } from "../../document/topology.ts";
import { balancerCaptions } from "./balancer-captions.ts";
import { machineCaptions } from "./machine-captions.ts";
import { registryCaptions } from "./registry-captions.ts";
import type { Caption } from "../../runtime/protocol.ts";

/**
 * The caption bar's sentences, by `Caption.key`. `{node0}` is the name of the caption's first node; `{…Us}` a length
 * of time; `{count check checks}` a number with its noun; what stands in square brackets is left out if it has
 * nothing to say, or replaced by what stands after a bar; `[?others them|it]` asks for a value that it doesn't tell. After the clause of its cause, the node that the clause names is "it". `{cause}` is the clause of the fault, `{parts}` what a burst of losses counts.
 */
const en = {
  ...machineCaptions.en,
  ...registryCaptions.en,
  ...balancerCaptions.en,
  "fault.kill": "{node0} was killed.",
  "fault.hang": "{node0} hangs: it takes connections and answers nothing.",
  "fault.slow": "{node0} works {factor} times slower.",
  "fault.stop": "{node0} is stopping gracefully: it finishes what it has and takes nothing new.",
  "fault.unplug": "{node0} lost its power.",
  "fault.restart": "{node0} is restarted.",
  "fault.recreate": "{node0} was recreated while it ran: the old instance is gone.",
  "fault.lose": "{node0} is lost, with all that stands in it.",
  "fault.err": "{node0} answers {count} % of its requests with 500.",
  "fault.reset": "{node0} resets every connection.",
  "fault.fail-all": "{node0} answers everything with an error, health checks too.",
  "fault.drop": "Packets to and from {node0} are dropped; it runs on.",
  "fault.cut-there": "What {node0} sends to {node1} is lost: no new connection comes about; answers under way still come.",
  "fault.cut-back": "What {node1} sends back to {node0} is lost: answers under way, and whatever would accept a new connection.",
  "fault.flap": "The link from {node0} to {node1} flaps: cut and whole by turns.",
  "fault.cut": "The link from {node0} to {node1} was cut.",
  "fault.moved": "{node0} was moved to another machine: there it is a new instance.",
  "fault.removed": "{node0} was removed.",
  "fault.died": "{node0} died.",
  "fault.hung": "{node0} hangs: it takes connections and answers nothing.",
  "fault.slowed": "{node0} works slower.",
  "fault.stopping": "{node0} is stopping gracefully: it finishes what it has and takes nothing new.",
  "fault.power-lost": "{node0} lost its power.",
  "fault.isolated": "{node0} lost its network.",
  "fault.crash": "{node0} crashed.",
  "fault.exited": "{node0} exited.",
  "cause.kill": "{fault} was killed",
  "cause.crash": "{fault} crashed",
  "cause.exited": "{fault} exited",
  "cause.hang": "{fault} hangs",
  "cause.slow": "{fault} is slow",
  "cause.stop": "{fault} was stopped",
  "cause.unplug": "{fault} lost its power",
  "cause.restart": "{fault} is restarted",
  "cause.recreate": "{fault} was recreated",
  "cause.lose": "{fault} is lost",
  "cause.err": "{fault} answers with errors",
  "cause.reset": "{fault} resets connections",
  "cause.fail-all": "{fault} answers with errors",
  "cause.drop": "packets of {fault} are dropped",
  "cause.cut-there": "the way there was cut",
  "cause.cut-back": "the way back was cut",
  "cause.flap": "the link flaps",
  "cause.cut": "the link was cut",
  "cause.moved": "{fault} was moved",
  "cause.removed": "{fault} was removed",
  "cause.died": "{fault} died",
  "cause.hung": "{fault} hangs",
  "cause.slowed": "{fault} is slow",
  "cause.stopping": "{fault} is stopping",
  "cause.power-lost": "{fault} lost its power",
  "cause.isolated": "{fault} lost its network",
  taken: "[{cause}, so ]{node0}[ and {others} more] went down with it.",
  pulling: "{node0}[ and {others} more pull| pulls] {count layer layers} of the image that the machine lacks[, from {node1}].",
  waiting: "{node0}[ and {others} more wait| waits] for {node1}.",
  booting: "{node0}[ and {others} more boot| boots].",
  "asking-for-image": "{node0} asks {node1} for an image.",
  "layer-lost": "{node0} is made anew: the {size} MB in its writable layer are lost.",
  "volume-kept": "What {node0} wrote to its volume on {node1} outlives it: {size} MB.",
  "volumes-pruned": "{node0} threw away the volumes that no container has: {size} MB.",
  pruned: "{node0} threw away {count image images} that nothing needs: {size} MB.",
  published:
    "{node0} was published anew: its name stands for another image now, with another digest. Whoever has the old one keeps it until it pulls.",
  building: "{node0} is built on {node1}: {count step steps}.",
  built: "{node0} is built: {node1} has an image of {count layer layers}.",
  "build-failed": "{node0} cannot be built on {node1}: line {count}.",
  pushed: "{node0} has pushed its image: {node1} can hand it out.",
  "push-failed": "{node0} could not push its image to {node1}.",
  "anew.pulling":
    "{node0}[ and {others} more are| is] made anew: the machine lacks {count layer layers} of the image and pulls them[ from {node1}].",
  "anew.waiting": "{node0}[ and {others} more are| is] made anew, once {node1} is up.",
  "anew.starting":
    "{node0}[ and {others} more start| starts] again: [?others new instances, with new ids and new addresses|a new instance, with a new id and a new address].",
  "anew.booting": "{node0}[ and {others} more boot| boots]: a new machine, with a new range of addresses.",
  "again.pulling": "{node0}[ and {others} more pull| pulls] {count layer layers} of the image that the machine lacks[, from {node1}].",
  "again.waiting": "{node0}[ and {others} more are| is] to come back, once {node1} is up.",
  "again.starting": "{node0}[ and {others} more start| starts] again.",
  "again.booting": "{node0}[ and {others} more boot| boots] again.",
  "pull-failed": "{node0}[ and {others} more] can't start: [?others their images|its image] can't be pulled[ from {node1}].",
  "pull-failed.never":
    "{node0}[ and {others} more] can't start: [?others their images are|its image is] not on the machine, and [?others they may|it may] not pull.",
  up: "{node0}[ and {others} more are| is] up.",
  "anew.up":
    "{node0}[ and {others} more are| is] up again, [?others as new instances at new addresses|as a new instance at a new address].",
  "again.up": "{node0}[ and {others} more are| is] up again.",
  "start-refused": "{node1} refused to start {node0}: it wants {wanted} MB and {free} MB are free.",
  stopped: "{node0}[ and {others} more have| has] stopped, with nothing left unanswered.",
  "stopped.cut-short": "{node0} has stopped, and {count request requests} that it had no more time for {count was were} cut off.",
  resumed: "{node0}[ and {others} more are| is] back to normal.",
  "restart-called-off": "{node0} is not restarted: it was stopped by hand.",
  "stop-ignored": "{node0} ignores SIGTERM: it serves on, and is killed when its grace ends, in {graceUs}.",
  "killed-after-grace": "{node0} had not stopped when its grace ended, so it was killed ({code}).",
  exited: "{node0} exited ({code}), and is not restarted.",
  "exited.well": "{node0} exited ({code}): its command has ended.",
  "exited.nobody-types": "{node0} exited ({code}): its image’s command waits for somebody to type, and nobody does.",
  "exited.at-once": "{node0} exited at once ({code}), with whatever it had in hand.",
  "exited.given-up": "{node0} exited ({code}), and was restarted as often as its policy allows: it stays down.",
  restarted: "{node0}[ and {others} more] exited ({code}) and [?others are|is] restarted after {waitUs}, the {nth} time.",
  "health-failed": "{node0}[ and {others} more] failed [?others their|its] healthcheck: {count} of {of}.",
  "health-excused": "{node0}[ and {others} more] failed [?others their|its] healthcheck, which does not count in the start period.",
  healthy: "{node0}[ and {others} more are| is] healthy.",
  unhealthy:
    "{node0}[ and {others} more] failed {count healthcheck healthchecks} in a row: unhealthy. Docker only says so; [?others they run on and get|it runs on and gets] requests.",
  rejoined: "{node0}[ and {others} more have| has] the network again.",
  mended: "The link from {node0} to {node1} is whole again.",
  registered: "{node1}[ and {others} more] registered with {node0}.",
  "anew.registered": "{node1}[ and {others} more] registered with {node0} under [?others new addresses|a new address].",
  withdrawn: "[{cause}, so ]{node1}[ and {others} more] withdrew from {node0}.",
  expired: "[{cause}, so ]{node0} heard no heartbeat from {node1}[ and {others} more]: the lease expired.",
  critical: "[{cause}, so ]{node1}[ and {others} more are| is] critical at {node0}: in its catalogue still, but healthy no more.",
  passing: "{node1}[ and {others} more are| is] passing at {node0}.",
  warning: "{node1}[ and {others} more have| has] a warning at {node0}: DNS still names it, those who ask for passing ones don't get it.",
  deregistered: "{node0} removed {node1}[ and {others} more] from its catalogue, {afterUs} after it was last well.",
  stale: "[{cause}, so ]the address that {node0}[ and {others} more hold| holds] for {node1} is out of date.",
  confirmed: "{node0} takes the address that {node1} has now.",
  resolved: "{node0}[ and {others} more] asked DNS again, and [?others have|has] the new address of {node1}.",
  "anew.first-request":
    "{node0}[ and {others} more get| gets] the first [?others requests at their new addresses|request at its new address][, from {node1}].",
  "first-request":
    "{node0}[ and {others} more get| gets] the first [?others requests since they|request since it] came back[, from {node1}].",
  losses: "[{cause}, so ]calls to {node0}[ and {others} more] fail: {parts}.",
  "queue-full": "The queue of {node0} is full: {parts}.",
  "targets-full": "Targets of {node0} have as many requests as they may, and it lets nobody wait: {parts}.",
  "no-target": "[{cause}, so ]{node0} has no target [?cause left ]that it may use: {parts}.",
  "queue-too-long": "Requests wait too long at {node0}: {parts}.",
  lost: "{node0} loses requests: {parts}.",
  "pause-sending": "{node0} sends no more requests.",
  "resume-sending": "{node0} sends requests again.",
  "part.refused": "{refused} refused",
  "part.reset": "{reset} cut off",
  "part.unanswered": "{unanswered} unanswered",
  "part.rejected": "{rejected} turned away",
  "part.untargeted": "{untargeted} without a target",
  "part.outwaited": "{outwaited} given up",
  "part.retried": "{retried} tried again",
  "part.movedOn": "{movedOn} sent to another target",
  "part.failed": "{failed request requests} lost",
  "part.timedOut": "{timedOut request requests} timed out",
};

const zh: Record<keyof typeof en, string> = {
  ...machineCaptions.zh,
  ...registryCaptions.zh,
  ...balancerCaptions.zh,
  "fault.kill": "{node0} 被终止。",
  "fault.hang": "{node0} 无响应：接受连接，但不作任何应答。",
  "fault.slow": "{node0} 的处理速度变慢为 1/{factor}。",
  "fault.stop": "{node0} 正在优雅停止：处理完手中的请求，不再接受新的。",
  "fault.unplug": "{node0} 断电。",
  "fault.restart": "{node0} 重启。",
  "fault.recreate": "{node0} 在运行中被重建：旧实例已不存在。",
  "fault.lose": "{node0} 失效，其中的一切随之失效。",
  "fault.err": "{node0} 对 {count} % 的请求返回 500。",
  "fault.reset": "{node0} 重置每个连接。",
  "fault.fail-all": "{node0} 对一切请求返回错误，健康检查也不例外。",
  "fault.drop": "进出 {node0} 的数据包被丢弃；进程仍在运行。",
  "fault.cut-there": "{node0} 发往 {node1} 的数据丢失：无法建立新连接；在途的应答仍会到达。",
  "fault.cut-back": "{node1} 返回 {node0} 的数据丢失：在途的应答，以及接受新连接的应答。",
  "fault.flap": "{node0} 到 {node1} 的连线时断时续。",
  "fault.cut": "{node0} 到 {node1} 的连线被切断。",
  "fault.moved": "{node0} 被迁移到另一台机器：在那里它是一个新实例。",
  "fault.removed": "{node0} 被移除。",
  "fault.died": "{node0} 已终止。",
  "fault.hung": "{node0} 无响应：接受连接，但不作任何应答。",
  "fault.slowed": "{node0} 的处理速度变慢。",
  "fault.stopping": "{node0} 正在优雅停止：处理完手中的请求，不再接受新的。",
  "fault.power-lost": "{node0} 断电。",
  "fault.isolated": "{node0} 断网。",
  "fault.crash": "{node0} 崩溃。",
  "fault.exited": "{node0} 已退出。",
  "cause.crash": "{fault} 崩溃",
  "cause.exited": "{fault} 已退出",
  "cause.kill": "{fault} 被终止",
  "cause.hang": "{fault} 无响应",
  "cause.slow": "{fault} 变慢",
  "cause.stop": "{fault} 被停止",
  "cause.unplug": "{fault} 断电",
  "cause.restart": "{fault} 重启",
  "cause.recreate": "{fault} 被重建",
  "cause.lose": "{fault} 失效",
  "cause.err": "{fault} 返回错误",
  "cause.reset": "{fault} 重置连接",
  "cause.fail-all": "{fault} 返回错误",
  "cause.drop": "{fault} 的数据包被丢弃",
  "cause.cut-there": "去程被切断",
  "cause.cut-back": "回程被切断",
  "cause.flap": "连线时断时续",
  "cause.cut": "连线被切断",
  "cause.moved": "{fault} 被迁移",
  "cause.removed": "{fault} 被移除",
  "cause.died": "{fault} 已终止",
  "cause.hung": "{fault} 无响应",
  "cause.slowed": "{fault} 变慢",
  "cause.stopping": "{fault} 正在停止",
  "cause.power-lost": "{fault} 断电",
  "cause.isolated": "{fault} 断网",
  taken: "[{cause}，]{node0}[ 及另外 {others} 个]随之失效。",
  pulling: "{node0}[ 及另外 {others} 个][从 {node1} ]拉取所在机器缺少的 {count} 层镜像。",
  waiting: "{node0}[ 及另外 {others} 个] 等待 {node1}。",
  booting: "{node0}[ 及另外 {others} 个] 开机中。",
  "asking-for-image": "{node0} 向 {node1} 请求镜像。",
  "layer-lost": "{node0} 被重建：可写层中的 {size} MB 丢失了。",
  "volume-kept": "{node0} 写到 {node1} 数据卷上的内容保留了下来：{size} MB。",
  "volumes-pruned": "{node0} 清理了没有容器使用的数据卷：{size} MB。",
  pruned: "{node0} 清理了 {count} 个无用镜像：{size} MB。",
  published: "{node0} 发布了新版本：同一名称现在代表另一个镜像，摘要也不同。已有旧镜像的机器在再次拉取前仍用旧的。",
  building: "{node0} 在 {node1} 上构建：共 {count} 步。",
  built: "{node0} 构建完成：{node1} 上有了一个 {count} 层的镜像。",
  "build-failed": "{node0} 无法在 {node1} 上构建：第 {count} 行。",
  pushed: "{node0} 已推送镜像：{node1} 可以分发它。",
  "push-failed": "{node0} 未能把镜像推送到 {node1}。",
  "anew.pulling": "{node0}[ 及另外 {others} 个]正在重建：所在机器缺少 {count} 层镜像，[从 {node1} ]拉取。",
  "anew.waiting": "{node0}[ 及另外 {others} 个]等 {node1} 就绪后重建。",
  "anew.starting": "{node0}[ 及另外 {others} 个]重新启动：这是一个新实例，有新的 id 和新的地址。",
  "anew.booting": "{node0}[ 及另外 {others} 个]开机中：这是一台新的机器，有新的地址段。",
  "again.pulling": "{node0}[ 及另外 {others} 个][从 {node1} ]拉取所在机器缺少的 {count} 层镜像。",
  "again.waiting": "{node0}[ 及另外 {others} 个]等 {node1} 就绪后恢复。",
  "again.starting": "{node0}[ 及另外 {others} 个]重新启动。",
  "again.booting": "{node0}[ 及另外 {others} 个] 重新开机。",
  "pull-failed": "{node0}[ 及另外 {others} 个] 无法启动：[从 {node1} ]拉取镜像失败。",
  "pull-failed.never": "{node0}[ 及另外 {others} 个] 无法启动：所在机器上没有镜像，而且设置为从不拉取。",
  up: "{node0}[ 及另外 {others} 个] 已就绪。",
  "anew.up": "{node0}[ 及另外 {others} 个]作为新实例在新地址就绪。",
  "again.up": "{node0}[ 及另外 {others} 个]重新就绪。",
  "start-refused": "{node1} 拒绝启动 {node0}：需要 {wanted} MB，剩余 {free} MB。",
  stopped: "{node0}[ 及另外 {others} 个] 已停止，没有留下未应答的请求。",
  "stopped.cut-short": "{node0} 已停止，{count} 个来不及处理的请求被中断。",
  resumed: "{node0}[ 及另外 {others} 个] 恢复正常。",
  "restart-called-off": "{node0} 不再重启：它是被手动停止的。",
  "stop-ignored": "{node0} 不理会 SIGTERM：继续提供服务，宽限期 {graceUs} 满后被强制终止。",
  "killed-after-grace": "宽限期已满，{node0} 仍未停止，被强制终止（{code}）。",
  exited: "{node0} 已退出（{code}），不会重启。",
  "exited.well": "{node0} 已退出（{code}）：它的命令结束了。",
  "exited.nobody-types": "{node0} 已退出（{code}）：镜像的命令等人输入，而没有人输入。",
  "exited.at-once": "{node0} 立即退出（{code}），手中的请求随之丢失。",
  "exited.given-up": "{node0} 已退出（{code}），重启次数已达策略上限，不再重启。",
  restarted: "{node0}[ 及另外 {others} 个] 已退出（{code}），{waitUs} 后第 {nth} 次重启。",
  "health-failed": "{node0}[ 及另外 {others} 个] 的自身健康检查失败：{count}/{of}。",
  "health-excused": "{node0}[ 及另外 {others} 个] 的自身健康检查失败，启动期内不计数。",
  healthy: "{node0}[ 及另外 {others} 个] 健康。",
  unhealthy: "{node0}[ 及另外 {others} 个] 的自身健康检查连续失败 {count} 次：不健康。Docker 只报告，容器照常运行、照常收到请求。",
  rejoined: "{node0}[ 及另外 {others} 个] 的网络已恢复。",
  mended: "{node0} 到 {node1} 的连线已恢复。",
  registered: "{node1}[ 及另外 {others} 个]在 {node0} 注册。",
  "anew.registered": "{node1}[ 及另外 {others} 个]以新地址在 {node0} 注册。",
  withdrawn: "[{cause}，所以]{node1}[ 及另外 {others} 个]在 {node0} 注销。",
  expired: "[{cause}，所以]{node0} 没有收到 {node1}[ 及另外 {others} 个]的心跳：租约到期。",
  critical: "[{cause}，所以]{node1}[ 及另外 {others} 个]在 {node0} 变为 critical：仍在目录中，但不再算健康。",
  passing: "{node1}[ 及另外 {others} 个]在 {node0} 变为 passing。",
  warning: "{node1}[ 及另外 {others} 个]在 {node0} 变为 warning：DNS 仍返回它，只要 passing 的查询不再返回。",
  deregistered: "{node0} 在 {node1}[ 及另外 {others} 个]最后一次正常之后 {afterUs} 将其移出目录。",
  stale: "[{cause}，所以]{node0}[ 及另外 {others} 个] 手中 {node1} 的地址已失效。",
  confirmed: "{node0} 更新为 {node1} 现在的地址。",
  resolved: "{node0}[ 及另外 {others} 个] 重新查询 DNS，得到 {node1} 的新地址。",
  "anew.first-request": "{node0}[ 及另外 {others} 个] 在新地址收到第一个请求[，来自 {node1}]。",
  "first-request": "{node0}[ 及另外 {others} 个] 恢复后收到第一个请求[，来自 {node1}]。",
  losses: "[{cause}，所以]对 {node0}[ 及另外 {others} 个] 的调用失败：{parts}。",
  "queue-full": "{node0} 的队列已满：{parts}。",
  "targets-full": "{node0} 的后端已达并发上限，而它不让请求排队：{parts}。",
  "no-target": "[{cause}，所以]{node0} 没有可用的后端：{parts}。",
  "queue-too-long": "请求在 {node0} 排队过久：{parts}。",
  lost: "{node0} 的请求丢失：{parts}。",
  "pause-sending": "{node0} 停止发送请求。",
  "resume-sending": "{node0} 恢复发送请求。",
  "part.refused": "{refused} 个被拒绝",
  "part.reset": "{reset} 个被中断",
  "part.unanswered": "{unanswered} 个无应答",
  "part.rejected": "{rejected} 个被挡回",
  "part.untargeted": "{untargeted} 个没有后端",
  "part.outwaited": "{outwaited} 个放弃等待",
  "part.retried": "{retried} 次重试",
  "part.movedOn": "{movedOn} 个改发其他后端",
  "part.failed": "{failed} 个请求丢失",
  "part.timedOut": "{timedOut} 个请求超时",
};

export const captionWords: { readonly en: Readonly<Record<string, string>>; readonly zh: Readonly<Record<string, string>> } = { en, zh };

const parts = ["refused", "reset", "unanswered", "rejected", "untargeted", "outwaited", "retried", "movedOn", "failed", "timedOut"];

/** The whole sentence of a caption; null if this version has no words for it. */
export function captionText(caption: Caption, language: "en" | "zh", nameOf: (id: NodeId) => string): string | null {
  const words = captionWords[language];
  const template = words[caption.key];
  if (template === undefined) return null;
  const sentence = fillCaption(template, (name) => valueOf(name, caption, words, language, nameOf));
  const opening = caption.values["cause"] === undefined ? template.replace(/^\[\{cause\}[^\]]*\]/u, "") : template;
  return language === "en" ? (/^[[{]/u.test(opening) ? sentence : capitalised(sentence)) : spaced(sentence);
}

type Lookup = (name: string) => string | number | undefined;

function valueOf(
  name: string,
  caption: Caption,
  words: Readonly<Record<string, string>>,
  language: "en" | "zh",
  nameOf: (id: NodeId) => string,
) {
  const { values, nodes } = caption;
  const node = /^node(\d)$/u.exec(name);
  if (node !== null) {
    const index = Number(node[1]);
    // Where the clause names nobody ("the link was cut"), "it" would be the link.
    const isNamed = words[`cause.${values["cause"]}`]?.includes("{fault}") ?? true;
    if (index === values["faultNode"] && isNamed) return language === "en" ? "it" : "它";
    return named(nodes[index], nameOf);
  }
  if (name === "cause") return clause(words[`cause.${values["cause"]}`], named(nodes[Number(values["faultNode"])], nameOf));
  if (name === "parts") return partsOf(caption, words, language);
  if (name === "nth") return language === "en" ? ordinal(Number(values["count"])) : values["count"];
  const value = values[name];
  return name.endsWith("Us") && typeof value === "number" ? timeText(value) : value;
}

/** What a sentence says already, it need not count where each of them is a request lost. */
const saysItself: Readonly<Record<string, string>> = {
  "no-target": "untargeted",
  "queue-full": "rejected",
  "targets-full": "rejected",
  "queue-too-long": "outwaited",
};

function partsOf({ key, values }: Caption, words: Readonly<Record<string, string>>, language: "en" | "zh"): string {
  const said = parts.filter((part) => values[part] !== undefined && !(saysItself[key] === part && values[part] === values["failed"]));
  return said.map((part) => fillCaption(words[`part.${part}`]!, (name) => values[name])).join(language === "en" ? ", " : "，");
}

function clause(template: string | undefined, fault: string | undefined): string | undefined {
  return template === undefined || fault === undefined ? undefined : template.replace("{fault}", fault);
}

const named = (id: NodeId | undefined, nameOf: (id: NodeId) => string): string | undefined => (id === undefined ? undefined : nameOf(id));

function fillCaption(template: string, lookup: Lookup): string {
  const whole = template.replace(
    /\[(?:\?(\w+) )?([^\]|]*)(?:\|([^\]]*))?\]/gu,
    (_, asked: string | undefined, inner: string, otherwise = "") => {
      const names = asked === undefined ? [...inner.matchAll(/\{(\w+)/gu)].map((match) => match[1]!) : [asked];
      return names.every((name) => lookup(name) !== undefined) ? inner : (otherwise as string);
    },
  );
  return whole.replace(/\{(\w+)(?: (\S+) ([^}]+))?\}/gu, (place, name: string, one?: string, many?: string) => {
    const value = lookup(name);
    if (value === undefined) return place;
    return one === undefined ? String(value) : `${value} ${value === 1 ? one : many}`;
  });
}

/** Between Chinese and Latin script stands a space. */
function spaced(sentence: string): string {
  return sentence
    .replace(/(\p{Script=Han}) +(?=\p{Script=Han})/gu, "$1")
    .replace(/(\p{Script=Han})(?=[A-Za-z0-9])/gu, "$1 ")
    .replace(/([A-Za-z0-9])(?=\p{Script=Han})/gu, "$1 ");
}

/** "38 ms", "2.4 s": as the clock beside the caption tells it. */
function timeText(us: number): string {
  return us < 100_000 ? `${Math.round(us / 1000)} ms` : `${(us / 1_000_000).toFixed(1)} s`;
}

const capitalised = (sentence: string): string => sentence.slice(0, 1).toUpperCase() + sentence.slice(1);

/** "1st", "12th", "23rd". */
function ordinal(number: number): string {
  const ending = ["th", "st", "nd", "rd"][number % 100 > 10 && number % 100 < 14 ? 0 : number % 10] ?? "th";
  return `${number}${ending}`;
}
