import type { Command } from "../commands.ts";
import { copyFragment } from "../fragment.ts";
import type { KindMap } from "../kind-declaration.ts";
import { linkRoles } from "../link-settings.ts";
import type { Topology } from "../topology.ts";

/** Numbers to choose with: the n-th question is answered by the n-th number, whatever the document is by then. */
export type Choices = readonly number[];

const names = ["web", "商品推荐-2", "a b", "x".repeat(80), "", " ", "x".repeat(81), "two\nlines", "__proto__"];
const numbers = [0, 12, 36, -24, 500, 0.5, -0, 1e6, 2e6, NaN];

/** A command that fits the document more often than not, and is sometimes nonsense. */
export function randomCommand(choices: Choices, document: Topology, kinds: KindMap): Command {
  let asked = 0;
  const number = () => choices[asked++ % choices.length] as number;
  const pick = <T>(options: readonly T[]): T => options[number() % options.length] as T;
  const nodes = Object.keys(document.nodes);
  const links = Object.keys(document.links);
  const acts = Object.keys(document.schedule);
  const node = () => pick([...nodes, ...nodes, ...nodes, "nobody", "toString"]);
  const parent = () => pick([null, null, node(), node(), node()]);
  const position = () => ({ x: pick(numbers), y: pick(numbers) });
  const setting = () => ({ [pick(settings)]: pick([1, 5, 250, "web", true, "http", [1, 2], null, "dns", -1] as const) });
  const settings = ["workMs", "service", "latencyMs", "intervalMs", "checks", "finds", "waits", "memoryMb", "workSamplesMs", "nonsense"];
  const several = () => Array.from({ length: 1 + (number() % 3) }, node);
  const makers: readonly (() => Command)[] = [
    () => ({
      type: "add",
      nodes: several().map(() => ({ kind: pick([...kinds.keys(), "mainframe"]), parent: parent(), position: position() })),
    }),
    () => ({ type: "link", from: node(), to: node(), role: pick([...Object.keys(linkRoles), "marries"]) }),
    () => ({ type: "reroute", id: pick([...links, "nothing"]), ...(number() % 2 ? { from: node() } : { to: node() }) }),
    () => ({ type: "remove", ids: [pick([...nodes, ...links, "nobody"])] }),
    () => ({ type: "move", moves: several().map((id) => ({ id, position: position(), ...(number() % 2 ? { parent: parent() } : {}) })) }),
    () => ({ type: "resize", id: node(), size: pick([null, { width: 400, height: 300 }, { width: 0, height: 1 }]), position: position() }),
    () => ({ type: "rename", id: node(), name: pick(names) }),
    () => ({ type: "configure", id: pick([...nodes, ...links]) ?? "nobody", settings: setting() }),
    () => ({ type: "title", title: { en: pick(names) } }),
    () => ({ type: "note", note: pick([null, { en: "A note." }, { en: "", zh: "说明" }]) }),
    () => ({ type: "seed", seed: pick([0, 1, 4_294_967_295, 0.5, -1]) }),
    () => ({ type: "start", start: pick(["warm", "cold"] as const) }),
    () => ({
      type: "schedule",
      act: { act: pick(["kill", "slow", "cut"]), target: pick([node(), ...links]), atMs: pick([0, 10_000, -1]), amount: 2 },
    }),
    () => ({ type: "reschedule", id: pick([...acts, "act-0"]), change: { atMs: pick([5, 1e9, 1e10]), amount: pick([null, 3]) } }),
    () => ({ type: "unschedule", ids: [pick([...acts, "act-0"])] }),
    () => ({ type: "paste", fragment: copyFragment(document, several()), parent: parent() }),
    () => ({ type: "duplicate", ids: several(), times: pick([1, 2, 3, 0]) }),
  ];
  const make = () => pick(makers)();
  return number() % 5 === 0 ? { type: "together", label: "several", commands: [make(), make()] } : make();
}
