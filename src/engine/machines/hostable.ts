import type { AnyStateMachine, AnyStateNode } from "xstate";
import { assert } from "../../base/assert.ts";

/**
 * Refuses a machine that a table cannot hold, or that would have a will of its own: context, invoked or spawned
 * actors, history, and delays that are not named (XState would take an undeclared one at once).
 */
export function checkHostable(machine: AnyStateMachine): void {
  const context = machine.config.context as unknown;
  assert(context === undefined, `${machine.id} keeps only finite state, no context`);
  for (const node of nodesOf(machine.root)) {
    assert(node.invoke.length === 0, `${node.id} invokes nothing`);
    assert(node.type !== "history", `${node.id} is no history state`);
    assert(!node.transitions.has("*"), `${node.id} names the events it takes`);
    for (const { delay } of node.after) {
      assert(
        typeof delay === "string" && delayNames(machine).includes(delay),
        `${node.id}: the delay ${String(delay)} is declared by name`,
      );
    }
  }
}

/** The names declared in `setup({ delays })`. Their lengths there are never used: a length is the entity's. */
export function delayNames(machine: AnyStateMachine): readonly string[] {
  return Object.keys(machine.implementations.delays as object);
}

/** Which delay ends with this event. A raise that is not an `after` is refused: it would be the machine's own clock. */
export function delayOf(machine: AnyStateMachine, eventType: string): string {
  for (const node of nodesOf(machine.root)) {
    for (const { delay, eventType: ending } of node.after) if (ending === eventType) return String(delay);
  }
  assert(false, `${machine.id} waits by "after" alone, but it raises ${eventType}`);
}

/** The delays of one state, each with the event by which it ends. */
export function delaysOf(nodes: readonly AnyStateNode[]): readonly (readonly [delay: string, event: string])[] {
  const delays = nodes.flatMap((node) => node.after.map(({ delay, eventType }) => [String(delay), eventType] as const));
  const waiting = nodes.filter((node) => node.after.length > 0);
  assert(
    waiting.length <= 1,
    `only one of ${waiting.map((node) => node.id).join(", ")} waits at a time, so that leaving it voids all delays`,
  );
  return delays;
}

function* nodesOf(node: AnyStateNode): Generator<AnyStateNode> {
  yield node;
  for (const child of Object.values(node.states)) yield* nodesOf(child);
}
