import { describe, expect, test } from "vitest";
import { sketch } from "../engine/testing/sketch.ts";
import { killAt } from "./testing/failover.ts";
import { captionsOf, line } from "./testing/tell.ts";

/** Thirty requests a second over three targets of a balancer that nobody tells of faults. */
const balanced = (front: string, ...acts: readonly ReturnType<typeof killAt>[]) => ({
  ...sketch(`
    ann: client arrivals=constant ratePerSecond=30 timeoutMs=60000
    front: load-balancer checks=none ${front}
    h: host
    web-1: container in h workMs=1 workDistribution=constant
    web-2: container in h workMs=1 workDistribution=constant
    other: host
    web-3: container in other workMs=1 workDistribution=constant
    ann -> front: call latencyMs=0 timeoutMs=60000
    front -> web-1: forward latencyMs=0
    front -> web-2: forward latencyMs=0
    front -> web-3: forward latencyMs=0`),
  schedule: Object.fromEntries(acts.map((act) => [act.id, act])),
});
const nginx = "rules=nginx algorithm=nginx-round-robin failTimeoutMs=3000";
const envoy = "rules=envoy algorithm=envoy-round-robin panicPercent=0 outlierErrors=5 outlierIntervalMs=1000 ejectionMs=3000";
const told = (front: string, language: "en" | "zh" = "en") =>
  captionsOf(balanced(front, killAt("web-2", 5000), killAt("web-2", 20_000, "start")), 40_000_000).map((caption) =>
    line(caption, language),
  );

describe("a target that is passed over because requests failed on it", () => {
  test("nginx tries the dead one time and again, which is told once", () => {
    expect(told(nginx)).toMatchInlineSnapshot(`
      [
        "5.000 s (fault + 0.000 s) web-2 was killed.",
        "5.067 s (fault + 0.067 s) web-2 was killed, so calls to it fail: 1 refused, 1 sent to another target.",
        "5.067 s (fault + 0.067 s) 1 request failed on web-2, so front passes it over for 3.9 s, 67 ms after the fault.",
        "9.133 s (fault + 4.133 s) front tries web-2 again: it has been passed over for long enough.",
        "9.133 s (fault + 4.133 s) web-2 was killed, so calls to it fail: 1 refused, 1 sent to another target.",
        "13.133 s (fault + 8.133 s) web-2 was killed, so calls to it fail: 1 refused, 1 sent to another target.",
        "17.133 s (fault + 12.133 s) web-2 was killed, so calls to it fail: 1 refused, 1 sent to another target.",
        "20.000 s (fault + 15.000 s) web-2 starts again.",
        "20.232 s (fault + 15.232 s) web-2 is up again.",
        "21.133 s (fault + 16.133 s) web-2 gets the first request since it came back, from front.",
        "21.134 s front sends web-2 requests as before: it answers.",
      ]
    `);
  });

  test("the same in Chinese", () => {
    expect(told(nginx, "zh")).toMatchInlineSnapshot(`
      [
        "5.000 s (fault + 0.000 s) web-2 被终止。",
        "5.067 s (fault + 0.067 s) web-2 被终止，所以对它的调用失败：1 个被拒绝，1 个改发其他后端。",
        "5.067 s (fault + 0.067 s) web-2 上有 1 个请求失败，所以 front 在故障后 67 ms 暂时跳过它，为时 3.9 s。",
        "9.133 s (fault + 4.133 s) front 再次尝试 web-2：跳过的时间已满。",
        "9.133 s (fault + 4.133 s) web-2 被终止，所以对它的调用失败：1 个被拒绝，1 个改发其他后端。",
        "13.133 s (fault + 8.133 s) web-2 被终止，所以对它的调用失败：1 个被拒绝，1 个改发其他后端。",
        "17.133 s (fault + 12.133 s) web-2 被终止，所以对它的调用失败：1 个被拒绝，1 个改发其他后端。",
        "20.000 s (fault + 15.000 s) web-2 重新启动。",
        "20.232 s (fault + 15.232 s) web-2 重新就绪。",
        "21.133 s (fault + 16.133 s) web-2 恢复后收到第一个请求，来自 front。",
        "21.134 s front 恢复向 web-2 发送请求：它已应答。",
      ]
    `);
  });

  test("Envoy ejects it", () => {
    expect(told(envoy)).toMatchInlineSnapshot(`
      [
        "5.000 s (fault + 0.000 s) web-2 was killed.",
        "5.067 s (fault + 0.067 s) web-2 was killed, so calls to it fail: 5 refused, 5 tried again.",
        "5.333 s (fault + 0.333 s) 5 requests failed on web-2, so front passes it over for 3.9 s, 0.3 s after the fault.",
        "9.226 s (fault + 4.226 s) front tries web-2 again: it has been passed over for long enough.",
        "9.300 s (fault + 4.300 s) web-2 was killed, so calls to it fail: 5 refused, 5 tried again.",
        "16.233 s (fault + 11.233 s) web-2 was killed, so calls to it fail: 5 refused, 5 tried again.",
        "20.000 s (fault + 15.000 s) web-2 starts again.",
        "20.232 s (fault + 15.232 s) web-2 is up again.",
        "26.266 s (fault + 21.266 s) web-2 gets the first request since it came back, from front.",
        "26.267 s front sends web-2 requests as before: it answers.",
      ]
    `);
  });

  test("what fails again after it was back is a fault of its own", () => {
    const twice = balanced(nginx, killAt("web-2", 5000), killAt("web-2", 12_000, "start"), killAt("web-2", 25_000));
    const out = captionsOf(twice, 30_000_000).filter(({ key }) => key === "passed-over");
    expect(out.map(({ faultUs }) => faultUs)).toEqual([5_000_000, 25_000_000]);
  });

  test("two at once are one sentence", () => {
    const lost = captionsOf(balanced(nginx, killAt("h", 5000, "unplug")), 8_000_000).filter(({ key }) => key === "passed-over");
    expect(lost.flatMap((caption) => [line(caption), line(caption, "zh")])).toMatchInlineSnapshot(`
      [
        "6.033 s (fault + 1.033 s) 1 request failed on web-1 (and 1 more), so front passes them over for 4.0 s, 1.0 s after the fault.",
        "6.033 s (fault + 1.033 s) web-1（及另外 1 个）上有 1 个请求失败，所以 front 在故障后 1.0 s 暂时跳过它，为时 4.0 s。",
      ]
    `);
  });
});
