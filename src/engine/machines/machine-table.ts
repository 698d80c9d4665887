import type { AnyStateMachine } from "xstate";
import { eventName } from "./exploration.ts";
import { hostMachine, type HostedMachine } from "./machine-host.ts";

/**
 * Holds a machine against a table written by hand, one line for each thing that happens,
 * "state EVENT → state: effects; starts delay; voids", with the memory on and off, and against its own states, all
 * of which must be reachable. What comes back is what is amiss; nothing, if all is well.
 */
export function amiss(machine: AnyStateMachine, table: string): readonly string[] {
  const wanted = new Set(table.split("\n").map((line) => line.trim().replace(/\s+/gu, " ")));
  wanted.delete("");
  const complaints = [true, false].flatMap((memory) => {
    const found = new Set(linesOf(machine, hostMachine(machine, { memory })));
    const unexpected = [...found].filter((line) => !wanted.has(line)).map((line) => `does, unasked: ${line}`);
    const missing = [...wanted].filter((line) => !found.has(line)).map((line) => `does not: ${line}`);
    return [...unexpected, ...missing];
  });
  const reached = new Set(hostMachine(machine).states);
  const unreachable = Object.keys(machine.states).filter((state) => !reached.has(state));
  return [...complaints, ...unreachable.map((state) => `never gets to: ${state}`)];
}

function linesOf(machine: AnyStateMachine, hosted: HostedMachine): string[] {
  const lines = [`→ ${hosted.states[hosted.initial]}${outcome(hosted, hosted.initialEffects, hosted.initialStarts, false)}`];
  for (let state = 0; state < hosted.states.length; state++) {
    for (let event = 0; event < hosted.events.length; event++) {
      if (!hosted.heeds(state, event)) continue;
      const after = outcome(hosted, hosted.effectsOf(state, event), hosted.startsOf(state, event), hosted.cancels(state, event));
      const name = eventName(machine, hosted.events[event]!);
      lines.push(`${hosted.states[state]} ${name} → ${hosted.states[hosted.next(state, event)]}${after}`);
    }
  }
  return lines;
}

function outcome(hosted: HostedMachine, effects: readonly number[], starts: readonly number[], voids: boolean): string {
  const parts = [
    effects.map((effect) => hosted.effects[effect]).join(", "),
    starts.map((delay) => `starts ${hosted.delays[delay]}`).join(", "),
    voids ? "voids" : "",
  ];
  const said = parts.filter((part) => part !== "").join("; ");
  return said === "" ? "" : `: ${said}`;
}
