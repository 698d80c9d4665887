import { emit, setup, type AnyStateMachine } from "xstate";
import { hostMachine } from "./machine-host.ts";
import type { TargetHealth } from "./target-health.ts";

const hosted = new Map<string, TargetHealth>();

/**
 * Varnish's `.window` and `.threshold` ([D] vcl-probe): a backend is healthy while so many of its last probes were good, whichever
 * they were. It starts with one too few (`.initial`), so that its first good probe makes it healthy. A threshold
 * above the window counts as the window.
 */
export function windowHealth(window: number, wanted: number, options: { memory?: boolean } = {}): TargetHealth {
  const threshold = Math.min(wanted, window);
  const key = `${window}/${threshold}/${options.memory !== false}`;
  let health = hosted.get(key);
  if (health === undefined) {
    health = described(window, threshold, options);
    hosted.set(key, health);
  }
  return health;
}

/** One state for each way in which the last probes may have ended; good ones are ones, the last of them the lowest bit. */
export function probeWindowMachine(window: number, threshold: number): AnyStateMachine {
  const name = namer(window, threshold);
  const all = 2 ** window - 1;
  const seen = (bits: number): object => {
    const [good, bad] = [((bits << 1) | 1) & all, (bits << 1) & all];
    const isWell = ones(bits) >= threshold;
    return {
      PASS: { target: name(good), actions: [passed, ...(!isWell && ones(good) >= threshold ? [emit({ type: "came-up" })] : [])] },
      FAIL: { target: name(bad), actions: [missed, ...(isWell && ones(bad) < threshold ? [emit({ type: "went-down" })] : [])] },
      SUDDEN_DEATH: { target: name(0), actions: [missed, emit({ type: "went-down" })] },
      MARK_DOWN: { target: name(0), actions: [missed, emit({ type: "went-down" })] },
    };
  };
  const initial = initialBits(threshold);
  const states: Record<string, object> = { unchecked: { on: seen(initial) } };
  for (let bits = 0; bits <= all; bits++) states[name(bits)] = { on: seen(bits) };
  return setup({
    types: {} as {
      events: { type: "PASS" | "FAIL" | "SUDDEN_DEATH" | "MARK_DOWN" };
      emitted: { type: "missed" | "passed" | "went-down" | "came-up" };
    },
  }).createMachine({ id: "probe-window", initial: "unchecked", states }) as unknown as AnyStateMachine;
}

const passed = emit({ type: "passed" });
const missed = emit({ type: "missed" });

const initialBits = (threshold: number): number => 2 ** (threshold - 1) - 1;

/** "up": all were good; "down": as it starts; else what the last probes were, the oldest first: "seen-01101". */
function namer(window: number, threshold: number): (bits: number) => string {
  return (bits) => {
    if (bits === 2 ** window - 1) return "up";
    return bits === initialBits(threshold) ? "down" : `seen-${bits.toString(2).padStart(window, "0")}`;
  };
}

function ones(bits: number): number {
  let count = 0;
  for (let left = bits; left > 0; left >>= 1) count += left & 1;
  return count;
}

/** As operators read it: healthy again after `threshold` good ones, and sick after as many bad ones as leave too few. */
function described(window: number, threshold: number, options: { memory?: boolean }): TargetHealth {
  const machine = hostMachine(probeWindowMachine(window, threshold), options);
  const goodIn = (name: string): number => {
    if (name === "up" || name === "unchecked") return window;
    return name === "down" ? threshold - 1 : ones(Number.parseInt(name.slice("seen-".length), 2));
  };
  const column = (value: (good: number) => number) => Uint8Array.from(machine.states, (name) => value(goodIn(name)));
  return {
    rise: threshold,
    fall: window - threshold + 1,
    machine,
    passEvent: machine.eventOf("PASS"),
    failEvent: machine.eventOf("FAIL"),
    suddenDeathEvent: machine.eventOf("SUDDEN_DEATH"),
    markDownEvent: machine.eventOf("MARK_DOWN"),
    usable: column((good) => (good >= threshold ? 1 : 0)),
    missed: column((good) => (good >= threshold ? window - good : window - threshold + 1)),
    passed: column((good) => (good >= threshold ? 0 : good)),
    pace: column(() => 0),
  };
}
