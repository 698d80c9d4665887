import { describe, expect, it } from "vitest";
import { scenarios } from "./scenarios.ts";
import type { TraceLine } from "./story.ts";
import { playTraced } from "./testing/play.ts";

/** The main example, killed at 10 s and recreated at 25 s: the story that the whole project is about, point by point. */
const failover = scenarios.find(({ id }) => id === "failover")!;
const { simulation, lines } = playTraced(failover);

const killedUs = 10e6;
const recreatedUs = 25e6;
const dead = "web-2#1";
const born = "web-2#2";

const when = (what: string, who: string, whom?: string, a?: number): number => {
  const found = lines.filter((line) => line.what === what && line.who === who && line.whom === whom && (a === undefined || line.a === a));
  expect(found.length, `${who} ${what} ${whom ?? ""}`).toBe(1);
  return found[0]!.t;
};
const sentTo = (whom: string) => lines.filter((line) => line.what === "sent" && line.whom === whom);
const between = (fromUs: number, toUs: number) => (line: TraceLine) => line.t > fromUs && line.t < toUs;

const missedUs = [1, 2, 3].map((count) => when("missed", "front#1", dead, count));
const downUs = when("target-down", "front#1", dead);
const expiredUs = when("expired", "registry#1", dead);
const upUs = when("up", born);
const addedUs = when("target-added", "front#1", born);
const backUs = when("target-up", "front#1", born);

describe("failover behind a load balancer: web-2 is killed at 10 s", () => {
  it("until then it gets its third of the requests", () => {
    const shares = ["web-1#1", dead, "web-3#1"].map((target) => sentTo(target).filter(between(0, killedUs)).length);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    expect(shares[0]).toBeGreaterThan(100);
  });

  it("then requests to it are refused, each of them at once, and sent on to another target", () => {
    const refused = lines.filter((line) => line.what === "refused" && line.whom === dead);
    expect(refused.length).toBeGreaterThan(30);
    const redispatched = lines.filter((line) => line.what === "redispatched");
    expect(redispatched.map(({ request }) => request)).toEqual(refused.map(({ request }) => request));
    for (const { whom } of redispatched) expect(whom).not.toMatch(/^web-2/);
    for (const { t } of refused) expect(t).toBeGreaterThan(killedUs);
  });

  it("a redispatched request takes the next turn, so that half of what comes is refused first (N ÷ (n − 1), measured at HAProxy)", () => {
    const came = lines.filter((line) => line.what === "arrived" && line.who === "front#1" && between(killedUs, downUs)(line)).length;
    const refused = lines.filter((line) => line.what === "refused" && line.whom === dead).length;
    expect(Math.abs(refused - came / 2)).toBeLessThanOrEqual(1.5);
  });

  it("no request is lost but what it had in hand: with any seed, those that were reset", () => {
    let lost = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const played = playTraced(failover, { seed });
      const reset = played.lines.filter((line) => line.what === "reset" && line.whom === dead);
      const failed = played.lines.filter((line) => line.what === "failed");
      expect(failed.map(({ request }) => request).sort(), `seed ${seed}`).toEqual(reset.map(({ request }) => request).sort());
      lost += failed.length;
    }
    expect(lost).toBeGreaterThan(0);
  });

  it("its checks fail one by one, a second apart: 1/3, 2/3, 3/3", () => {
    const [first, second, third] = missedUs as [number, number, number];
    expect(first).toBeGreaterThan(killedUs);
    expect(first - killedUs).toBeLessThanOrEqual(1e6 + 1500);
    for (const gapUs of [second - first, third - second]) expect(Math.abs(gapUs - 1e6)).toBeLessThanOrEqual(1500);
  });

  it("it goes DOWN at the third miss, 2 to 3 s after the kill, within the window that was predicted at the kill", () => {
    expect(downUs).toBe(missedUs[2]);
    const predicted = lines.find((line) => line.what === "predicted" && line.who === "front#1")!;
    expect(predicted.t).toBe(killedUs);
    expect(downUs - killedUs).toBeGreaterThanOrEqual(predicted.a!);
    expect(downUs - killedUs).toBeLessThanOrEqual(predicted.b!);
    expect([predicted.a! / 1e6, predicted.b! / 1e6].map(Math.round)).toEqual([2, 3]);
  });

  it("from then on it gets no more requests, and nobody is refused", () => {
    expect(sentTo(dead).filter(({ t }) => t > downUs)).toEqual([]);
    expect(lines.filter((line) => line.what === "refused" && line.t > downUs + 1500)).toEqual([]);
  });

  it("its lease ends, 10 to 15 s after the kill: the registry tells the balancer, which strikes it off", () => {
    expect(expiredUs - killedUs).toBeGreaterThan(10e6);
    expect(expiredUs - killedUs).toBeLessThanOrEqual(15e6 + 500);
    const toldUs = lines.find((line) => line.what === "told" && line.t === expiredUs)!.t;
    expect(when("target-removed", "front#1", dead) - toldUs).toBe(500);
  });

  it("recreated at 25 s it is another incarnation under another address; its image is at hand, so it is up 232 ms later", () => {
    expect(lines.filter((line) => line.what === "created").map(({ t, who }) => [t, who])).toEqual([[recreatedUs, born]]);
    expect(upUs).toBe(recreatedUs + 232_000);
    const { incarnation, address } = simulation.status("web-2")!;
    expect(incarnation).toBe(2);
    const others = ["web-1", "web-3"].map((id) => simulation.status(id)!.address);
    expect(others).not.toContain(address);
  });

  it("it registers; the balancer hears of it, checks it, and twice passed it is UP", () => {
    const registeredUs = when("registered", "registry#1", born);
    expect(registeredUs).toBe(upUs + 500);
    expect(addedUs).toBe(registeredUs + 500);
    const passed = [1, 2].map((count) => when("passed", "front#1", born, count));
    expect(passed[0]).toBeGreaterThan(addedUs);
    expect(Math.abs(passed[1]! - passed[0]! - 1e6)).toBeLessThanOrEqual(1500);
    expect(backUs).toBe(passed[1]);
  });

  it("it receives nothing before it is UP, and its third of the requests after", () => {
    const sent = sentTo(born);
    expect(sent[0]!.t).toBeGreaterThan(backUs);
    const arrivedUs = lines.find((line) => line.what === "arrived" && line.who === born)!.t;
    expect(when("first-request", born, "front#1")).toBe(arrivedUs);
    const shares = ["web-1#1", born, "web-3#1"].map((target) => sentTo(target).filter(({ t }) => t > backUs + 1e6).length);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
  });

  it("nothing whatever happens at the old address after its lease has ended", () => {
    const removedUs = when("target-removed", "front#1", dead);
    expect(lines.filter((line) => line.t > removedUs && (line.whom === dead || line.who === dead) && line.what !== "act")).toEqual([]);
  });

  it("each of these rows has its cause, back to the hand that did it", () => {
    const causeOf = (what: string, who: string, a?: number) =>
      lines.find((line) => line.what === what && line.who === who && (a === undefined || line.a === a))!.cause;
    expect(causeOf("died", dead)).toBe(`${killedUs} kill ${dead}`);
    expect(causeOf("missed", "front#1", 3)).toBe(`${killedUs} died ${dead}`);
    expect(causeOf("target-down", "front#1")).toBe(`${downUs} missed front#1`);
    expect(causeOf("expired", "registry#1")).toBe(`${killedUs} died ${dead}`);
    expect(causeOf("target-removed", "front#1")).toBe(`${expiredUs} told registry#1`);
    expect(causeOf("created", born)).toBe(`${recreatedUs} recreate ${dead}`);
    expect(causeOf("registered", "registry#1")).toBe(`${upUs} up ${born}`);
    expect(lines.filter((line) => line.what === "refused").every(({ cause }) => cause === `${killedUs} died ${dead}`)).toBe(true);
  });

  it("what is reported of it is what happened", () => {
    const balancer = simulation.detections().find(({ observer }) => observer === "front")!;
    expect(balancer).toMatchObject({ node: "web-2", faultAtMs: 10_000, detectedAtMs: downUs / 1000, backAtMs: backUs / 1000 });
    const { issued, served, failed, timedOut, inFlight } = simulation.counters();
    expect(served + failed + timedOut + inFlight).toBe(issued);
  });
});
