import type { LinkRecord, NodeRecord, ScheduledAct, SettingValue, Topology } from "../../document/topology.ts";

/**
 * A document from a few lines, so that a test shows the system it plays:
 *
 *     visitors: client ratePerSecond=40
 *     a: host
 *     web-1: container in a workMs=5
 *     visitors -> front: call latencyMs=1
 *     at 10 s: kill web-1
 *     cold
 *
 * A link's id is "from--to", with "--role" where the two are linked in another role too.
 */
export function sketch(text: string, seed = 7): Topology {
  const draft: Draft = { nodes: {}, links: {}, schedule: {}, start: "warm" };
  for (const line of text.split("\n").map((line) => line.trim())) if (line !== "") read(line, draft);
  return { format: "breakwater", version: 1, title: { en: "A sketch" }, seed, ...draft };
}

interface Draft {
  readonly nodes: Record<string, NodeRecord>;
  readonly links: Record<string, LinkRecord>;
  readonly schedule: Record<string, ScheduledAct>;
  start: Topology["start"];
}

const anAct = /^at ([\d.]+) s: (\S+) (\S+)(?: ([\d.]+))?$/u;
const aLink = /^(\S+) -> (\S+): (\S+)(.*)$/u;
const aNode = /^(\S+): (\S+)(?: in (\S+))?(.*)$/u;

function read(line: string, draft: Draft): void {
  const act = anAct.exec(line);
  const link = aLink.exec(line);
  const node = aNode.exec(line);
  if (line === "cold") draft.start = "cold";
  else if (act) readAct(act, draft);
  else if (link) readLink(link, draft);
  else if (node) readNode(node, draft);
  else throw new Error(`not a line of a sketch: ${line}`);
}

function readAct([, seconds, act, target, amount]: readonly string[], { schedule }: Draft): void {
  const order = Object.keys(schedule).length;
  const id = `act-${order}`;
  schedule[id] = { id, order, act: act!, target: target!, atMs: Number(seconds) * 1000, ...(amount ? { amount: Number(amount) } : {}) };
}

function readLink([, from, to, role, rest]: readonly string[], { links }: Draft): void {
  const short = `${from}--${to}`;
  const id = short in links ? `${short}--${role}` : short;
  links[id] = { id, order: Object.keys(links).length, from: from!, to: to!, role: role!, settings: settingsIn(rest!) };
}

function readNode([, id, kind, parent, rest]: readonly string[], { nodes }: Draft): void {
  const order = Object.keys(nodes).length;
  const position = { x: order * 24, y: 0 };
  nodes[id!] = { id: id!, kind: kind!, name: id!, order, parent: parent ?? null, position, settings: settingsIn(rest!) };
}

function settingsIn(text: string): Record<string, SettingValue> {
  const settings: Record<string, SettingValue> = {};
  for (const word of text.split(" ").filter((word) => word !== "")) {
    const [name, value] = word.split("=") as [string, string];
    settings[name] = valueOf(value);
  }
  return settings;
}

/** "5", "true", "[5,10]" and whatever else is a text. */
function valueOf(value: string): SettingValue {
  return /^(?:-?[\d.]+|true|false|\[.*\])$/u.test(value) ? (JSON.parse(value) as SettingValue) : value;
}
