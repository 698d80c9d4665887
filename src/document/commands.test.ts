import { describe, expect, test } from "vitest";
import { declarations as kinds } from "../kinds/declarations.ts";
import { apply, type Command } from "./commands.ts";
import { sample } from "./testing/sample.ts";
import type { Topology } from "./topology.ts";

const done = (command: Command, document = sample(), taken?: ReadonlySet<string>) => {
  const outcome = apply(document, command, kinds, taken);
  if (outcome.error !== undefined) throw new Error(JSON.stringify(outcome.error));
  return outcome;
};

const refusal = (command: Command) => {
  const { error } = apply(sample(), command, kinds);
  return error === undefined ? "carried out" : `${error.code} ${error.path}`;
};

const added = (before: Topology, after: Topology) => Object.keys(after.nodes).filter((id) => before.nodes[id] === undefined);
const at = { x: 12, y: 120 };

describe("adding", () => {
  test("a container gets the next id and name, the last place in the order, and its kind's defaults", () => {
    const { document, created } = done({ type: "add", nodes: [{ kind: "container", parent: "host-b", position: at }] });
    expect(created).toEqual(["web-4"]);
    expect(document.nodes["web-4"]).toEqual({
      id: "web-4",
      kind: "container",
      name: "web-4",
      order: 11,
      parent: "host-b",
      position: at,
      settings: {},
    });
  });

  test("several at once are numbered on; an id of something that was removed is not given again", () => {
    const wanted = { kind: "container", parent: "host-b", position: at };
    expect(done({ type: "add", nodes: [wanted, wanted] }, sample(), new Set(["web-4"])).created).toEqual(["web-5", "web-6"]);
  });

  test("a node and the link to it are one step, by an id that was asked for", () => {
    const { document, created } = done({
      type: "together",
      label: "add-linked",
      commands: [
        { type: "add", nodes: [{ kind: "dependency", parent: null, position: at, id: "cache", name: "缓存" }] },
        { type: "link", from: "web-1", to: "cache", role: "call" },
      ],
    });
    expect(created).toEqual(["cache", "web-1--cache"]);
    expect(document.nodes["cache"]?.name).toBe("缓存");
    expect(document.links["web-1--cache"]).toMatchObject({ from: "web-1", to: "cache", role: "call", order: 8 });
  });

  test("what is removed and added in one step is another thing", () => {
    const { created } = done({
      type: "together",
      label: "swap",
      commands: [
        { type: "remove", ids: ["web-3"] },
        { type: "add", nodes: [{ kind: "container", parent: "host-b", position: at }] },
      ],
    });
    expect(created).toEqual(["web-4"]);
  });
});

describe("removing", () => {
  test("a host goes with all that stands in it, their links, and the acts aimed at any of these", () => {
    const { document } = done({ type: "remove", ids: ["host-a"] });
    expect(Object.keys(document.nodes)).toEqual(["client-1", "front-1", "registry-1", "images-1", "host-b", "web-3", "db-1"]);
    expect(Object.keys(document.links)).toEqual(["client-1--front-1", "front-1--registry-1", "web-3--registry-1"]);
    expect(Object.keys(document.schedule)).toEqual(["act-2"]);
  });

  test("a link goes with the act that would cut it", () => {
    const { document } = done({ type: "remove", ids: ["host-a--images-1"] });
    expect(Object.keys(document.schedule)).toEqual(["act-1", "act-2"]);
  });
});

describe("changing", () => {
  test("a container moves to another host, in one patch", () => {
    const { document, patches } = done({ type: "move", moves: [{ id: "web-1", position: at, parent: "host-b" }] });
    expect(document.nodes["web-1"]).toMatchObject({ parent: "host-b", position: at });
    expect(patches).toHaveLength(1);
  });

  test("a frame resized by its top left corner keeps its content where it is on the canvas", () => {
    const { document } = done({ type: "resize", id: "host-a", size: { width: 396, height: 264 }, position: { x: 432, y: 12 } });
    expect(document.nodes["web-1"]?.position).toEqual({ x: 36, y: 60 });
    expect(document.nodes["host-a"]).toMatchObject({ size: { width: 396, height: 264 }, position: { x: 432, y: 12 } });
    expect(done({ type: "resize", id: "host-a", size: null }).document.nodes["host-a"]).not.toHaveProperty("size");
  });

  test("a setting is set, others stay, and null gives the default back", () => {
    const { document } = done({ type: "configure", id: "web-2", settings: { workMs: 30, workDistribution: null } });
    expect(document.nodes["web-2"]?.settings).toEqual({ workMs: 30, workSamplesMs: [5, 10, 20] });
    expect(done({ type: "configure", id: "web-1--db-1", settings: { retries: 2 } }).document.links["web-1--db-1"]?.settings).toMatchObject({
      retries: 2,
    });
  });

  test("a link keeps its id, settings and acts when its end is put elsewhere", () => {
    const { document } = done({ type: "reroute", id: "front-1--web-1", to: "web-3" });
    expect(document.links["front-1--web-1"]).toMatchObject({ from: "front-1", to: "web-3", role: "forward" });
  });

  test("title, note, seed and start", () => {
    const commands: Command[] = [
      { type: "title", title: { en: "Other" } },
      { type: "note", note: null },
      { type: "seed", seed: 9 },
      { type: "start", start: "cold" },
    ];
    const { document } = done({ type: "together", label: "head", commands });
    const { note: _, ...rest } = sample();
    expect(document).toEqual({ ...rest, title: { en: "Other" }, seed: 9, start: "cold" });
  });

  test("a scheduled act is added, changed and taken away", () => {
    const first = done({ type: "schedule", act: { act: "hang", target: "web-1", atMs: 5000 } });
    expect(first.created).toEqual(["act-4"]);
    const changed = done({ type: "reschedule", id: "act-2", change: { atMs: 1, amount: null } }, first.document);
    expect(changed.document.schedule["act-2"]).toEqual({ id: "act-2", order: 1, act: "slow", target: "web-3", atMs: 1 });
    const { document } = done({ type: "unschedule", ids: ["act-1", "act-2", "act-9"] }, changed.document);
    expect(Object.keys(document.schedule)).toEqual(["act-3", "act-4"]);
  });

  test("what changes nothing makes no patch", () => {
    for (const command of [
      { type: "rename", id: "web-1", name: "web-1" },
      { type: "seed", seed: 7 },
      { type: "note", note: { en: "A balancer, three instances." } },
      { type: "move", moves: [{ id: "web-1", position: { x: 12, y: 36 } }] },
      { type: "replace", document: sample() },
      { type: "remove", ids: ["nobody"] },
    ] satisfies Command[]) {
      expect(done(command).patches, command.type).toEqual([]);
    }
  });
});

describe("refused, with the place", () => {
  const node = (kind: string, parent: string | null) => ({ type: "add", nodes: [{ kind, parent, position: at }] }) as const;
  test.each<[string, Command, string]>([
    ["a container on the canvas", node("container", null), "not-on-canvas $.nodes.web-4.parent"],
    ["an unknown kind", node("mainframe", null), "unknown-kind $.nodes.node-1.kind"],
    ["in nothing", node("container", "host-z"), "unknown-parent $.nodes.web-4.parent"],
    ["an id that is there", { type: "add", nodes: [{ ...node("zone", null).nodes[0], id: "web-1" }] }, "duplicate-id $.nodes.web-1"],
    [
      "a link's id",
      { type: "add", nodes: [{ ...node("zone", null).nodes[0], id: "front-1--web-1" }] },
      "duplicate-id $.nodes.front-1--web-1",
    ],
    ["a VM into itself", { type: "move", moves: [{ id: "vm-1", position: at, parent: "vm-1" }] }, "stands-in-itself $.nodes.vm-1.parent"],
    ["a container out", { type: "move", moves: [{ id: "web-1", position: at, parent: null }] }, "not-on-canvas $.nodes.web-1.parent"],
    ["nobody moves", { type: "move", moves: [{ id: "nobody", position: at }] }, "unknown-node $.nodes.nobody"],
    ["to nowhere", { type: "move", moves: [{ id: "web-1", position: { x: NaN, y: 0 } }] }, "wrong-type $.nodes.web-1.position.x"],
    ["a card has no size", { type: "resize", id: "web-1", size: { width: 99, height: 99 } }, "card-has-no-size $.nodes.web-1.size"],
    ["an empty name", { type: "rename", id: "web-1", name: " " }, "empty $.nodes.web-1.name"],
    ["out of range", { type: "configure", id: "web-1", settings: { port: 0 } }, "too-small $.nodes.web-1.settings.port"],
    ["no such setting", { type: "configure", id: "web-1", settings: { colour: 1 } }, "unknown-setting $.nodes.web-1.settings.colour"],
    ["a forbidden link", { type: "link", from: "db-1", to: "web-1", role: "call" }, "role-not-here $.links.db-1--web-1.role"],
    ["to itself", { type: "link", from: "web-1", to: "web-1", role: "call" }, "links-itself $.links.web-1--web-1.to"],
    ["the same link", { type: "link", from: "front-1", to: "web-1", role: "forward" }, "duplicate-link $.links.front-1--web-1-2"],
    ["onto the same link", { type: "reroute", id: "web-2--registry-1", from: "web-1" }, "duplicate-link $.links.web-2--registry-1"],
    // Found by the random commands of seed 11: the link that another came to equal was the later one.
    [
      "an earlier onto a later link",
      { type: "reroute", id: "web-1--registry-1", from: "web-2" },
      "duplicate-link $.links.web-1--registry-1",
    ],
    ["a link of nobody", { type: "reroute", id: "nothing", to: "web-1" }, "unknown-link $.links.nothing"],
    ["killing a host", { type: "schedule", act: { act: "kill", target: "host-a", atMs: 0 } }, "unknown-act $.schedule.act-4.act"],
    ["an act before 0", { type: "reschedule", id: "act-1", change: { atMs: -1 } }, "too-small $.schedule.act-1.atMs"],
    ["no such act", { type: "reschedule", id: "act-9", change: { atMs: 1 } }, "unknown-scheduled-act $.schedule.act-9"],
    ["no title", { type: "title", title: { en: "" } }, "empty $.title.en"],
    ["half a seed", { type: "seed", seed: 0.5 }, "not-whole $.seed"],
    ["no copies", { type: "duplicate", ids: ["web-1"], times: 0 }, "not-allowed-times $.nodes"],
    ["too many copies", { type: "duplicate", ids: ["host-a"], times: 1000 }, "carried out"],
    ["a broken import", { type: "replace", document: { ...sample(), seed: -1 } }, "too-small $.seed"],
  ])("%s", (_, command, expected) => {
    expect(refusal(command)).toBe(expected);
  });

  test("of several together, one refused refuses all", () => {
    const document = sample();
    const rename = { type: "rename", id: "web-1", name: "shop-1" } as const;
    const outcome = apply(document, { type: "together", label: "x", commands: [rename, { type: "seed", seed: -1 }] }, kinds);
    expect(outcome.error?.code).toBe("too-small");
    expect(document).toEqual(sample());
  });

  test("more nodes than a document may hold", () => {
    const full = done({ type: "duplicate", ids: ["db-1"], times: 1000 });
    const twenty = Array.from({ length: 20 }, (_, index) => full.created.slice(index * 50, index * 50 + 48)).flat();
    const outcome = apply(full.document, { type: "duplicate", ids: twenty, times: 20 }, kinds);
    expect(outcome.error).toMatchObject({ code: "too-many-nodes", values: { limit: 20_000 } });
  });
});

describe("duplicating and pasting", () => {
  test("web-3 three times gives web-4, web-5, web-6, each registered as web-3 is", () => {
    const { document, created } = done({ type: "duplicate", ids: ["web-3"], times: 3 });
    expect(created.slice(0, 3)).toEqual(["web-4", "web-5", "web-6"]);
    expect(created.slice(3)).toEqual(["web-4--registry-1", "web-5--registry-1", "web-6--registry-1"]);
    expect(document.nodes["web-5"]).toMatchObject({ name: "web-5", parent: "host-b", settings: { service: "web" } });
    expect(document.links["web-5--registry-1"]).toMatchObject({ from: "web-5", to: "registry-1", role: "register" });
  });

  test("a host is copied with its VM and containers, linked among themselves and to the outside as before", () => {
    const before = sample();
    const { document } = done({ type: "duplicate", ids: ["host-a", "web-1"], times: 1 }, before);
    expect(added(before, document)).toEqual(["host-a-2", "vm-2", "web-4", "web-5"]);
    expect(document.nodes["web-5"]?.parent).toBe("vm-2");
    expect(document.nodes["vm-2"]?.parent).toBe("host-a-2");
    expect(
      Object.values(document.links)
        .filter((link) => before.links[link.id] === undefined)
        .map((link) => `${link.from} ${link.role} ${link.to}`),
    ).toEqual([
      "front-1 forward web-4",
      "web-4 register registry-1",
      "web-5 register registry-1",
      "web-4 call db-1",
      "host-a-2 pull images-1",
    ]);
  });

  test("a Chinese name is numbered on", () => {
    const named = done({ type: "rename", id: "web-3", name: "商品推荐-2" }).document;
    const { document, created } = done({ type: "duplicate", ids: ["web-3"], times: 1 }, named);
    expect(document.nodes[created[0] as string]?.name).toBe("商品推荐-4");
  });
});
