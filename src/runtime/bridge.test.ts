import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { connectSession, type WorkerLike } from "./bridge.ts";
import { driveSession, type DrivenSession } from "./driver.ts";
import type { Frame, FromSession, NodeDetail, ToSession } from "./protocol.ts";
import { failover } from "./testing/failover.ts";
import { make } from "./testing/tell.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const framesOf = (heard: readonly FromSession[]) => heard.filter((message): message is Frame => message.type === "frame");

/** A worker that lives in this thread; what is posted is cloned, and what is transferred is gone, as between threads. */
function workerHere(): WorkerLike & { terminated: boolean } {
  const driven: DrivenSession = driveSession({ make }, (message) => {
    const transfer = message.type === "frame" ? [message.hops.buffer as ArrayBuffer, message.marks.buffer as ArrayBuffer] : [];
    worker.onmessage?.({ data: structuredClone(message, { transfer }) });
  });
  const worker: WorkerLike & { terminated: boolean } = {
    terminated: false,
    onmessage: null,
    onerror: null,
    postMessage: (message: ToSession) => driven.receive(structuredClone(message)),
    terminate() {
      worker.terminated = true;
      driven.stop();
    },
  };
  return worker;
}

test.each(["in-process", "worker"] as const)("a session %s plays, answers and stops", async (kind) => {
  const port = kind === "worker" ? connectSession("worker", workerHere) : connectSession("in-process", make);
  const heard: FromSession[] = [];
  const stopListening = port.listen((message) => heard.push(message));
  port.send({ type: "open", document: failover(), playing: true, director: false });
  await vi.advanceTimersByTimeAsync(1000);
  const { nowUs } = framesOf(heard).at(-1)!.time;
  expect(nowUs).toBeGreaterThan(900_000);
  expect(nowUs).toBeLessThanOrEqual(1_000_000);
  expect(framesOf(heard).some(({ hops }) => hops.length > 0)).toBe(true);

  const detail = await port.ask<NodeDetail>({ about: "node", id: "web-1" });
  expect(detail.id).toBe("web-1");
  port.send({ type: "ask", id: 1, ask: { about: "digest" } });
  await vi.advanceTimersByTimeAsync(20);
  expect(heard.filter((message) => message.type === "answer")).toHaveLength(1);

  stopListening();
  const { length } = heard;
  await vi.advanceTimersByTimeAsync(100);
  expect(heard).toHaveLength(length);
  port.close();
  expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
});

test("a worker that fails is told of as trouble", () => {
  const worker = workerHere();
  const heard: FromSession[] = [];
  const port = connectSession("worker", () => worker);
  port.listen((message) => heard.push(message));
  worker.onerror!({ message: "no such file", preventDefault: () => {} });
  expect(heard).toEqual([{ type: "trouble", message: "no such file" }]);
  port.close();
  expect(worker.terminated).toBe(true);
});

test("the clock of a hidden tab stands, and goes on from there", async () => {
  const port = connectSession("in-process", make);
  const heard: FromSession[] = [];
  port.listen((message) => heard.push(message));
  port.send({ type: "open", document: failover(), playing: true, director: false });
  await vi.advanceTimersByTimeAsync(200);
  port.send({ type: "visible", visible: false });
  const before = framesOf(heard).at(-1)!.time.nowUs;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(framesOf(heard).at(-1)!.time.nowUs).toBe(before);
  port.send({ type: "visible", visible: true });
  await vi.advanceTimersByTimeAsync(100);
  expect(framesOf(heard).at(-1)!.time.nowUs - before).toBeLessThanOrEqual(120_000);
  port.close();
});
