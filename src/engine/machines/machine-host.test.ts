import { assign, createMachine, emit, fromPromise, raise, setup, type AnyStateMachine } from "xstate";
import { expect, test } from "vitest";
import { hostMachine } from "./machine-host.ts";
import { lease } from "./lease.ts";
import { linkLife } from "./link-life.ts";
import { hangingNodeLife } from "./node-life.ts";
import { processLife } from "./process-life.ts";
import { targetHealthMachine } from "./target-health.ts";

const machines: readonly AnyStateMachine[] = [lease, linkLife, hangingNodeLife, processLife, targetHealthMachine(3, 4)];

test.each(machines.map((machine) => [machine.id, machine] as const))("%s answers the same from memory and from XState", (_id, machine) => {
  const remembering = hostMachine(machine);
  const asking = hostMachine(machine, { memory: false });
  expect(asking.states).toEqual(remembering.states);
  for (let state = 0; state < remembering.states.length; state++) {
    for (let event = 0; event < remembering.events.length; event++) {
      const answers = [remembering, asking].map((hosted) => [
        hosted.next(state, event),
        hosted.effectsOf(state, event),
        hosted.startsOf(state, event),
        hosted.cancels(state, event),
        hosted.heeds(state, event),
      ]);
      expect(answers[1]).toEqual(answers[0]);
    }
  }
});

test("a machine is explored once, and not at all for whoever asks XState itself", () => {
  expect(hostMachine(lease)).toBe(hostMachine(lease));
  expect(hostMachine(lease, { memory: false })).not.toBe(hostMachine(lease));
});

test("a delay is a number, and ends with an event of its state", () => {
  const hosted = hostMachine(hangingNodeLife);
  const starting = hosted.stateOf("starting");
  const start = hosted.delays.indexOf("start");
  expect(hosted.initialStarts).toEqual([start]);
  expect(hosted.states[hosted.next(starting, hosted.delayEvent(starting, start))]).toBe("running");
  expect(() => hosted.delayEvent(hosted.stateOf("running"), start)).toThrow("delay start");
});

test("a delay ends nothing once its state was left", () => {
  const hosted = hostMachine(hangingNodeLife);
  const ending = hosted.delayEvent(hosted.stateOf("starting"), 0);
  expect(hosted.heeds(hosted.stateOf("dead"), ending)).toBe(false);
  expect(hosted.next(hosted.stateOf("dead"), ending)).toBe(hosted.stateOf("dead"));
});

test("names that the machine does not have are refused", () => {
  expect(() => hostMachine(lease).stateOf("gone")).toThrow("gone is a state of lease");
  expect(() => hostMachine(lease).eventOf("EXPLODE")).toThrow("EXPLODE is an event of lease");
});

test("a chart says which edges there are and where we stand", () => {
  const chart = hostMachine(hangingNodeLife).describe(hostMachine(hangingNodeLife).stateOf("hung"));
  expect(chart.current).toBe("hung");
  expect(chart.edges).toContainEqual({ from: "starting", to: "running", event: "after start" });
  expect(chart.edges).toContainEqual({ from: "hung", to: "running", event: "RESUME" });
  expect(chart.edges.length).toBe(14 - 1);
});

test("nested and parallel states are numbered by their whole value", () => {
  const nested = createMachine({
    id: "nested",
    type: "parallel",
    states: {
      left: { initial: "a", states: { a: { on: { GO: "b" } }, b: {} } },
      right: { initial: "x", states: { x: { on: { GO: "y" } }, y: { on: { BACK: "x" } } } },
    },
  });
  expect(hostMachine(nested).states).toEqual(["(left.a, right.x)", "(left.b, right.y)", "(left.b, right.x)"]);
});

const waits = (delays: Record<string, number>, after: object, extra: object = {}) =>
  setup({ delays }).createMachine({ id: "m", initial: "a", states: { a: { after: after as never, ...extra }, b: {} } });

test.each<[string, () => AnyStateMachine, string]>([
  ["a delay in numbers", () => waits({}, { 500: "b" }), "declared by name"],
  ["a delay that nobody declared", () => waits({ boot: 0 }, { reboot: "b" }), "declared by name"],
  ["a raise of its own", () => waits({ boot: 0 }, {}, { entry: raise({ type: "GO" }, { delay: "boot" } as never) }), "waits by"],
  ["context", () => createMachine({ id: "m", context: { n: 1 }, entry: assign({ n: 2 }) }), "no context"],
  ["an actor", () => createMachine({ id: "m", invoke: { src: fromPromise(async () => 1) } }), "invokes nothing"],
  ["an effect with a load", () => createMachine({ id: "m", entry: emit({ type: "sent", to: "b" }) }), "nothing but its name"],
  ["an action of its own", () => createMachine({ id: "m", entry: () => undefined }), "only emits"],
  ["any event at all", () => createMachine({ id: "m", initial: "a", states: { a: { on: { "*": "b" } }, b: {} } }), "names the events"],
])("a machine with %s is refused", (_what, machine, reason) => {
  expect(() => hostMachine(machine())).toThrow(reason);
});

test("a machine in which two states wait at once is refused, since leaving one would void both", () => {
  const wait = { initial: "a", states: { a: { after: { boot: "b" as const } }, b: {} } } as const;
  const both = setup({ delays: { boot: 0 } }).createMachine({ id: "m", type: "parallel", states: { left: wait, right: wait } });
  expect(() => hostMachine(both)).toThrow("waits at a time");
});
