import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { SettingValues, Topology } from "../document/topology.ts";
import { kinds } from "../kinds/registry.ts";
import { captionText, captionWords } from "../view/words/captions.ts";

import type { Caption } from "./protocol.ts";
import { failover, killAt } from "./testing/failover.ts";
import { captionsOf, line } from "./testing/tell.ts";

const second = 1_000_000;
const log = (captions: readonly Caption[], language: "en" | "zh" = "en") => captions.map((caption) => line(caption, language));
const broken = (target: string, act: string, mend: string) =>
  failover({ schedule: { a: killAt(target, 3000, act), b: killAt(target, 14_000, mend) } });

test("a failover, in order", () => {
  expect(log(captionsOf(broken("web-2", "kill", "recreate"), 20 * second))).toMatchInlineSnapshot(`
    [
      "3.000 s (fault + 0.000 s) web-2 was killed.",
      "3.165 s (fault + 0.165 s) web-2 was killed, so calls to it fail: 60 refused, 60 sent to another target.",
      "3.640 s (fault + 0.640 s) web-2 was killed, so front’s check of it failed: 1 of 3.",
      "4.641 s (fault + 1.641 s) web-2 was killed, so front’s check of it failed: 2 of 3.",
      "5.642 s (fault + 2.642 s) web-2 missed 3 checks in a row, so front stopped sending it requests after 2.6 s (predicted: 2.0 s to 3.0 s).",
      "8.776 s (fault + 5.776 s) web-2 was killed, so registry heard no heartbeat from it: the lease expired.",
      "8.776 s (fault + 5.776 s) web-2 was killed, so front dropped it from its targets.",
      "14.000 s (fault + 11.000 s) web-2 starts again: a new instance, with a new id and a new address.",
      "14.232 s (fault + 11.232 s) web-2 is up again, as a new instance at a new address.",
      "14.232 s (fault + 11.232 s) web-2 registered with registry under a new address.",
      "14.233 s (fault + 11.233 s) front has learnt of web-2: a new target.",
      "14.234 s (fault + 11.234 s) front’s check of web-2 passed: 1 of 2.",
      "15.235 s (fault + 12.235 s) front sends web-2 requests again: the checks pass.",
      "15.287 s (fault + 12.287 s) web-2 gets the first request at its new address, from front.",
    ]
  `);
});

test("the same in Chinese", () => {
  expect(log(captionsOf(broken("web-2", "kill", "recreate"), 20 * second), "zh")).toMatchInlineSnapshot(`
    [
      "3.000 s (fault + 0.000 s) web-2 被终止。",
      "3.165 s (fault + 0.165 s) web-2 被终止，所以对它的调用失败：60 个被拒绝，60 个改发其他后端。",
      "3.640 s (fault + 0.640 s) web-2 被终止，所以 front 对它的健康检查失败：第 1 次，共 3 次。",
      "4.641 s (fault + 1.641 s) web-2 被终止，所以 front 对它的健康检查失败：第 2 次，共 3 次。",
      "5.642 s (fault + 2.642 s) web-2 连续 3 次健康检查失败，所以 front 在 2.6 s 后不再向它发送请求（预计 2.0 s 至 3.0 s）。",
      "8.776 s (fault + 5.776 s) web-2 被终止，所以 registry 没有收到它的心跳：租约到期。",
      "8.776 s (fault + 5.776 s) web-2 被终止，所以 front 从后端中移除它。",
      "14.000 s (fault + 11.000 s) web-2 重新启动：这是一个新实例，有新的 id 和新的地址。",
      "14.232 s (fault + 11.232 s) web-2 作为新实例在新地址就绪。",
      "14.232 s (fault + 11.232 s) web-2 以新地址在 registry 注册。",
      "14.233 s (fault + 11.233 s) front 得知了 web-2：新增的后端。",
      "14.234 s (fault + 11.234 s) front 对 web-2 的健康检查通过：第 1 次，共 2 次。",
      "15.235 s (fault + 12.235 s) front 重新向 web-2 发送请求：健康检查已通过。",
      "15.287 s (fault + 12.287 s) web-2 在新地址收到第一个请求，来自 front。",
    ]
  `);
});

test("what errs, resets connections or answers 503 says so, and the requests that it costs are its own", () => {
  const told = (act: string) => log(captionsOf(broken("web-2", act, "resume"), 16 * second));
  expect(told("err")).toMatchInlineSnapshot(`
    [
      "3.000 s (fault + 0.000 s) web-2 answers 100 % of its requests with 500.",
      "3.000 s (fault + 0.000 s) front and 1 more will not notice: as far as they look, web-2 is well.",
      "3.168 s (fault + 0.168 s) web-2 answers with errors, so calls to it fail: 150 requests lost.",
      "14.000 s (fault + 11.000 s) web-2 is back to normal.",
    ]
  `);
  expect(told("reset")).toMatchInlineSnapshot(`
    [
      "3.000 s (fault + 0.000 s) web-2 resets every connection.",
      "3.000 s (fault + 0.000 s) registry will not notice: as far as it looks, web-2 is well.",
      "3.165 s (fault + 0.165 s) web-2 resets connections, so calls to it fail: 40 cut off, 40 requests lost.",
      "3.640 s (fault + 0.640 s) web-2 resets connections, so front’s check of it failed: 1 of 3.",
      "4.641 s (fault + 1.641 s) web-2 resets connections, so front’s check of it failed: 2 of 3.",
      "5.642 s (fault + 2.642 s) web-2 missed 3 checks in a row, so front stopped sending it requests after 2.6 s (predicted: 2.0 s to 3.0 s).",
      "14.000 s (fault + 11.000 s) web-2 is back to normal.",
      "14.651 s (fault + 11.651 s) front’s check of web-2 passed: 1 of 2.",
      "15.652 s (fault + 12.652 s) front sends web-2 requests again: the checks pass.",
    ]
  `);
  expect(told("fail-all")).toMatchInlineSnapshot(`
    [
      "3.000 s (fault + 0.000 s) web-2 answers everything with an error, health checks too.",
      "3.000 s (fault + 0.000 s) registry will not notice: as far as it looks, web-2 is well.",
      "3.168 s (fault + 0.168 s) web-2 answers with errors, so calls to it fail: 40 requests lost.",
      "3.640 s (fault + 0.640 s) web-2 answers with errors, so front’s check of it failed: 1 of 3.",
      "4.641 s (fault + 1.641 s) web-2 answers with errors, so front’s check of it failed: 2 of 3.",
      "5.642 s (fault + 2.642 s) web-2 missed 3 checks in a row, so front stopped sending it requests after 2.6 s (predicted: 2.0 s to 3.0 s).",
      "14.000 s (fault + 11.000 s) web-2 is back to normal.",
      "14.651 s (fault + 11.651 s) front’s check of web-2 passed: 1 of 2.",
      "15.652 s (fault + 12.652 s) front sends web-2 requests again: the checks pass.",
    ]
  `);
});

test("a hanging replica takes requests with it until it is DOWN", () => {
  expect(log(captionsOf(broken("web-2", "hang", "resume"), 20 * second))).toMatchInlineSnapshot(`
    [
      "3.000 s (fault + 0.000 s) web-2 hangs: it takes connections and answers nothing.",
      "4.639 s (fault + 1.639 s) web-2 hangs, so front’s check of it failed: 1 of 3.",
      "6.639 s (fault + 3.639 s) web-2 hangs, so front’s check of it failed: 2 of 3.",
      "8.164 s (fault + 5.164 s) web-2 hangs, so calls to it fail: 88 unanswered, 88 requests timed out.",
      "8.639 s (fault + 5.639 s) web-2 missed 3 checks in a row, so front stopped sending it requests after 5.6 s (predicted: 4.0 s to 6.0 s).",
      "8.776 s (fault + 5.776 s) web-2 hangs, so registry heard no heartbeat from it: the lease expired.",
      "8.776 s (fault + 5.776 s) web-2 hangs, so front dropped it from its targets.",
      "14.000 s (fault + 11.000 s) web-2 is back to normal.",
      "14.001 s (fault + 11.001 s) web-2 registered with registry.",
      "14.001 s (fault + 11.001 s) front has learnt of web-2: a new target.",
      "14.002 s (fault + 11.002 s) front’s check of web-2 passed: 1 of 2.",
      "15.003 s (fault + 12.003 s) front sends web-2 requests again: the checks pass.",
    ]
  `);
});

test("a host without power takes its containers with it", () => {
  expect(log(captionsOf(broken("host-a", "unplug", "power-on"), 50 * second))).toMatchInlineSnapshot(`
    [
      "3.000 s (fault + 0.000 s) host-a lost its power.",
      "3.000 s (fault + 0.000 s) host-a lost its power, so web-1 and 1 more went down with it.",
      "4.072 s (fault + 1.072 s) host-a lost its power, so calls to web-1 and 1 more fail: 266 unanswered, 258 sent to another target, 8 requests lost.",
      "4.639 s (fault + 1.639 s) host-a lost its power, so front’s check of web-2 (and 1 more) failed: 1 of 3.",
      "6.639 s (fault + 3.639 s) host-a lost its power, so front’s check of web-2 (and 1 more) failed: 2 of 3.",
      "7.094 s (fault + 4.094 s) host-a lost its power, so registry heard no heartbeat from web-1: the lease expired.",
      "7.094 s (fault + 4.094 s) host-a lost its power, so front dropped web-1 from its targets.",
      "8.639 s (fault + 5.639 s) web-2 missed 3 checks in a row, so front stopped sending it requests after 5.6 s (predicted: 4.0 s to 6.0 s).",
      "8.776 s (fault + 5.776 s) host-a lost its power, so registry heard no heartbeat from web-2: the lease expired.",
      "8.776 s (fault + 5.776 s) host-a lost its power, so front dropped web-2 from its targets.",
      "14.000 s (fault + 11.000 s) host-a boots again.",
      "44.000 s (fault + 41.000 s) host-a is up again.",
    ]
  `);
});

test("a wire that is cut explains the silence on it", () => {
  expect(log(captionsOf(broken("client-front", "cut", "mend"), 20 * second))).toMatchInlineSnapshot(`
    [
      "3.000 s (fault + 0.000 s) The link from client to front was cut.",
      "7.991 s (fault + 4.991 s) the link was cut, so calls to front fail: 453 unanswered, 453 requests timed out.",
      "14.000 s (fault + 11.000 s) The link from client to front is whole again.",
    ]
  `);
});

test("a cold start", () => {
  expect(log(captionsOf(failover({ start: "cold" }), 40 * second))).toMatchInlineSnapshot(`
    [
      "0.004 s Calls to front fail: 16 refused, 16 requests lost.",
      "0.500 s front and 2 more are up.",
      "0.515 s front has no target that it may use: 1400 requests lost.",
      "30.000 s host-a and 1 more are up.",
      "30.000 s web-1 and 1 more pull 5 layers of the image that the machine lacks, from images.",
      "34.074 s web-1 and 2 more are up.",
      "34.075 s web-1 and 2 more registered with registry.",
      "34.075 s front has learnt of web-1 and 2 more: new targets.",
      "34.076 s front’s check of web-1 (and 2 more) passed: 1 of 2.",
      "35.077 s front begins to send web-1 and 2 more requests: the checks pass.",
    ]
  `);
});

test("who loses its registry goes on with what it knew: said once, with its consequence, in both languages", () => {
  const lost = captionsOf(broken("registry", "kill", "recreate"), 20 * second).filter(({ key }) => key.startsWith("registry-"));
  expect([...log(lost), ...log(lost, "zh")]).toEqual([
    "3.000 s (fault + 0.000 s) registry was killed, so front can't reach it, goes on with the 3 instances known so far, and learns of no change.",
    expect.stringMatching(/^1\d\.\d+ s .*front reads registry again: 3 instances\.$/u),
    "3.000 s (fault + 0.000 s) registry 被终止，所以 front 无法访问它：继续使用已知的 3 个实例，不再得知任何变化。",
    expect.stringMatching(/^1\d\.\d+ s .*front 重新读到 registry：3 个实例。$/u),
  ]);
  const cut = captionsOf(broken("front-registry", "cut", "mend"), 20 * second).filter(({ key }) => key === "registry-lost");
  expect(log(cut)).toEqual([
    "3.000 s (fault + 0.000 s) the link was cut, so front can't reach registry, goes on with the 3 instances known so far, and learns of no change.",
  ]);
});

test("two callers that drop a target are two sentences: neither drops the other", () => {
  const document = JSON.parse(readFileSync("public/examples/client-side-discovery.json", "utf8")) as Topology;
  const killed = { ...document, schedule: { a: killAt("web-1", 3000) } };
  const dropped = captionsOf(killed, 20 * second).filter(({ key }) => key === "target-removed");
  expect(dropped.map((caption) => captionText(caption, "en", (id) => id))).toEqual([
    "web-1 was killed, so app-1 dropped it from its targets.",
    "web-1 was killed, so app-2 dropped it from its targets.",
  ]);
});

test("a balancer that holds a fixed address is told of, until the link is confirmed", () => {
  const document = failover({
    schedule: { a: killAt("web-2", 3000), b: killAt("web-2", 8000, "recreate"), c: killAt("held", 12_000, "confirm") },
  });
  const held = { id: "held", order: 99, from: "front", to: "web-2", role: "forward", settings: {} };
  const links = { ...Object.fromEntries(Object.entries(document.links).filter(([, link]) => link.role !== "source")), held };
  const told = captionsOf({ ...document, links }, 20 * second).filter(({ atUs }) => atUs >= 8 * second);
  expect(told.filter(({ key }) => key !== "losses").map((caption) => line(caption))).toMatchInlineSnapshot(`
    [
      "8.000 s (fault + 5.000 s) web-2 was killed, so the address that front holds for it is out of date.",
      "8.000 s (fault + 5.000 s) web-2 starts again: a new instance, with a new id and a new address.",
      "8.232 s (fault + 5.232 s) web-2 is up again, as a new instance at a new address.",
      "8.232 s (fault + 5.232 s) web-2 registered with registry under a new address.",
      "8.776 s (fault + 5.776 s) web-2 was killed, so registry heard no heartbeat from it: the lease expired.",
      "12.000 s (fault + 9.000 s) front takes the address that web-2 has now.",
      "12.000 s (fault + 9.000 s) web-2 was killed, so front dropped it from its targets.",
      "12.000 s (fault + 9.000 s) front has learnt of web-2: a new target.",
      "12.001 s (fault + 9.001 s) front’s check of web-2 passed: 1 of 2.",
      "13.002 s (fault + 10.002 s) front sends web-2 requests again: the checks pass.",
      "13.006 s (fault + 10.006 s) web-2 gets the first request at its new address, from front.",
    ]
  `);
});

test.each([1000, 50_000, 333_333])("captions are the same, read every %i µs", (everyUs) => {
  const document = broken("web-2", "kill", "recreate");
  const untilUs = Math.floor((16 * second) / everyUs) * everyUs;
  expect(captionsOf(document, untilUs, everyUs)).toEqual(captionsOf(document, untilUs));
});

test("every act that can break something has a sentence and a clause in both languages", () => {
  const harmless = [
    "send",
    "pause-sending",
    "resume-sending",
    "recreate",
    "start",
    "power-on",
    "resume",
    "restore",
    "repair",
    "build",
    "build-pull",
    "push",
    "publish",
    "prune",
    "prune-volumes",
    "change-code",
    "change-dependencies",
  ];
  const acts = new Set([...kinds.values()].flatMap((kind) => kind.acts).filter((act) => !harmless.includes(act)));
  expect(acts.size).toBeGreaterThan(5);
  for (const act of [...acts, "cut", "recreate"]) {
    for (const words of [captionWords.en, captionWords.zh]) {
      expect(words[`fault.${act}`], `fault.${act}`).toBeDefined();
      expect(words[`cause.${act}`], `cause.${act}`).toBeDefined();
    }
  }
});

/** The failover with other settings of web-2. */
function withWeb2(settings: SettingValues, ...acts: readonly ReturnType<typeof killAt>[]): Topology {
  const document = failover({ schedule: Object.fromEntries(acts.map((act) => [act.id, act])) });
  const web2 = document.nodes["web-2"]!;
  return { ...document, nodes: { ...document.nodes, "web-2": { ...web2, settings: { ...web2.settings, ...settings } } } };
}
const ofItself = (captions: readonly Caption[]) => captions.filter(({ nodes }) => nodes.length === 1);

test("a crash loop is one fault; each round says how it ended, and what Docker makes of it", () => {
  const document = withWeb2({ restart: "on-failure", restartMax: 3, command: "ends", runMs: 1500, exitCode: 137 });
  const told = ofItself(captionsOf(document, 20 * second)).filter(({ key }) => /^(?:restarted|exited)/u.test(key));
  expect([log(told), log(told, "zh").at(-2)]).toMatchInlineSnapshot(`
    [
      [
        "1.500 s (fault + 0.000 s) web-2 exited (137) and is restarted after 0.1 s, the 1st time.",
        "3.332 s (fault + 1.832 s) web-2 exited (137) and is restarted after 0.2 s, the 2nd time.",
        "5.264 s (fault + 3.764 s) web-2 exited (137) and is restarted after 0.4 s, the 3rd time.",
        "7.396 s (fault + 5.896 s) web-2 exited (137), and was restarted as often as its policy allows: it stays down.",
      ],
      "5.264 s (fault + 3.764 s) web-2 已退出（137），0.4 s 后第 3 次重启。",
    ]
  `);
  expect(log(captionsOf(document, 20 * second)).filter((text) => text.includes("in a row"))).toMatchInlineSnapshot(`
    [
      "9.646 s (fault + 8.146 s) web-2 missed 3 checks in a row, so front stopped sending it requests after 2.2 s (predicted: 2.0 s to 3.0 s).",
    ]
  `);
});

test("a process that ran for 10 s has recovered: its next end is a fault of its own", () => {
  const document = withWeb2({ restart: "always", command: "ends", runMs: 11_000 });
  const told = captionsOf(document, 40 * second).filter(({ key }) => key === "restarted");
  expect(told.map(({ atUs, faultUs }) => atUs === faultUs)).toEqual([true, true, true]);
});

test("SIGTERM that is ignored, a health that fails, and docker start, in words", () => {
  const ignoring = withWeb2({ onTerm: "ignores", stopGraceMs: 3000 }, killAt("web-2", 3000, "stop"), killAt("web-2", 9000, "start"));
  expect(log(ofItself(captionsOf(ignoring, 12 * second)))).toMatchInlineSnapshot(`
    [
      "3.000 s (fault + 0.000 s) web-2 ignores SIGTERM: it serves on, and is killed when its grace ends, in 3.0 s.",
      "6.000 s (fault + 3.000 s) web-2 had not stopped when its grace ended, so it was killed (137).",
      "9.000 s (fault + 6.000 s) web-2 starts again.",
      "9.232 s (fault + 6.232 s) web-2 is up again.",
    ]
  `);
  const hanging = withWeb2({ healthcheck: "asks", healthIntervalMs: 500, healthTimeoutMs: 500 }, killAt("web-2", 3000, "hang"));
  expect(log(ofItself(captionsOf(hanging, 7 * second)))).toMatchInlineSnapshot(`
    [
      "3.000 s (fault + 0.000 s) web-2 hangs: it takes connections and answers nothing.",
      "3.772 s (fault + 0.772 s) web-2 failed its healthcheck: 1 of 3.",
      "4.772 s (fault + 1.772 s) web-2 failed its healthcheck: 2 of 3.",
      "5.772 s (fault + 2.772 s) web-2 failed 3 healthchecks in a row: unhealthy. Docker only says so; it runs on and gets requests.",
    ]
  `);
});

test("no sentence has a gap left unfilled", () => {
  const runs = [
    broken("web-2", "kill", "recreate"),
    broken("front", "kill", "recreate"),
    broken("registry", "kill", "recreate"),
    broken("web-2", "stop", "recreate"),
  ];
  for (const document of [...runs, failover({ start: "cold" })]) {
    for (const caption of captionsOf(document, 45 * second)) {
      for (const language of ["en", "zh"] as const) expect(captionText(caption, language, (id) => id)).toMatch(/^[^{}[\]|]+$/u);
    }
  }
});
