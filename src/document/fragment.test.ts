import { describe, expect, test } from "vitest";
import { declarations as kinds } from "../kinds/declarations.ts";
import { apply } from "./apply.ts";
import type { Command } from "./commands.ts";
import { admitFragment, copyFragment, fragmentText, type Fragment } from "./fragment.ts";
import { commit } from "./history.ts";
import { testDocument } from "./testing/documents.ts";
import { sample } from "./testing/sample.ts";
import type { NodeId, Topology } from "./topology.ts";
import { createHistory } from "./steps.ts";

/** Over the clipboard: as a text and back through the gate. */
function carried(document: Topology, ids: readonly NodeId[]): Fragment {
  const admission = admitFragment(fragmentText(copyFragment(document, ids)), kinds);
  if (!admission.ok) throw new Error(JSON.stringify(admission.errors));
  return admission.fragment;
}

function paste(document: Topology, fragment: Fragment, more: Partial<Extract<Command, { type: "paste" }>> = {}) {
  const outcome = apply(document, { type: "paste", fragment, ...more }, kinds);
  if (outcome.error !== undefined) throw new Error(JSON.stringify(outcome.error));
  return outcome;
}

const empty = (): Topology => testDocument({});

describe("copying", () => {
  test("takes what stands in the chosen, and the links among these alone", () => {
    const { nodes, links } = carried(sample(), ["host-a", "db-1"]);
    expect(Object.keys(nodes).sort()).toEqual(["db-1", "host-a", "vm-1", "web-1", "web-2"]);
    expect(Object.keys(links)).toEqual(["web-1--db-1"]);
  });

  test("passes over ids that are not there", () => {
    expect(carried(sample(), ["nobody", "toString"])).toMatchObject({ nodes: {}, links: {} });
  });
});

describe("pasting", () => {
  test("beside the original: new ids, names numbered on, a little aside, with the inner links", () => {
    const { document, created } = paste(sample(), carried(sample(), ["host-a", "db-1"]));
    expect(created).toEqual(["host-a-2", "vm-2", "web-4", "web-5", "db-2", "web-4--db-2"]);
    expect(document.nodes["host-a-2"]?.position).toEqual({ x: 480, y: 60 });
    expect(document.nodes["web-4"]).toMatchObject({ parent: "host-a-2", position: { x: 12, y: 36 } });
    expect(document.nodes["web-5"]).toMatchObject({ parent: "vm-2", settings: { workSamplesMs: [5, 10, 20] } });
  });

  test("into an empty document: ids and names stay as they were", () => {
    const { document } = paste(empty(), carried(sample(), ["host-a"]), { offset: { x: 0, y: 0 } });
    const { "host-a": host, "vm-1": vm, "web-1": web, "web-2": inner } = sample().nodes;
    expect(document.nodes).toEqual({
      "host-a": { ...host, order: 0 },
      "vm-1": { ...vm, order: 1 },
      "web-1": { ...web, order: 2 },
      "web-2": { ...inner, order: 3 },
    });
  });

  test("after a cut: the same name comes back, under an id that the run does not know yet", () => {
    const fragment = carried(sample(), ["web-3"]);
    const cut = commit(createHistory(sample()), { type: "remove", ids: ["web-3"] }, kinds);
    const pasted = cut.ok && commit(cut.history, { type: "paste", fragment }, kinds);
    expect(pasted && pasted.ok && pasted.history.document.nodes["web-4"]).toMatchObject({ name: "web-3", parent: "host-b" });
  });

  test.each([
    ["told to go into host-b", "host-b", "host-b"],
    ["told nothing, back to where it came from", undefined, "host-a"],
    ["told to go where it may not, back to where it came from", "registry-1", "host-a"],
    ["told to go onto the canvas, back to where it came from", null, "host-a"],
  ])("a container is %s", (_, parent, expected) => {
    const { document } = paste(sample(), carried(sample(), ["web-1"]), parent === undefined ? {} : { parent });
    expect(document.nodes["web-4"]?.parent).toBe(expected);
  });

  test("a container into a document with no machine is refused, and says where it may stand", () => {
    const outcome = apply(empty(), { type: "paste", fragment: carried(sample(), ["web-1"]) }, kinds);
    expect(outcome.error).toMatchObject({ code: "not-on-canvas", values: { places: "runtime" } });
  });
});

describe("the clipboard may hold anything", () => {
  const spoilt = (change: (fragment: any) => void): string => {
    const fragment: any = copyFragment(sample(), ["host-a", "db-1"]);
    const copy = JSON.parse(JSON.stringify(fragment));
    change(copy);
    return JSON.stringify(copy);
  };
  test.each([
    ["plain words", "hello", "not-a-fragment $"],
    ["nothing", "", "not-a-fragment $"],
    ["a whole document", JSON.stringify(sample()), "not-a-fragment $"],
    ["a piece from the future", spoilt((f) => (f.version = 2)), "not-a-fragment $"],
    ["a piece cut off", spoilt(() => {}).slice(0, -1), "cut-short $"],
    ["deep brackets", `{"a":${"[".repeat(10_000)}`, `too-deep $.a${"[0]".repeat(11)}…`],
    ["no nodes", spoilt((f) => delete f.nodes), "wrong-type $.nodes"],
    ["a list of links", spoilt((f) => (f.links = [])), "wrong-type $.links"],
    ["a circle", spoilt((f) => (f.nodes["host-a"].parent = "vm-1")), "stands-in-itself $.nodes.host-a.parent"],
    ["a wrong setting", spoilt((f) => (f.nodes["web-1"].settings.port = -1)), "too-small $.nodes.web-1.settings.port"],
    ["a link out of it", spoilt((f) => (f.links["web-1--db-1"].to = "db-9")), "unknown-node $.links.web-1--db-1.to"],
    ["__proto__", spoilt(() => {}).replace('"web-1":', '"__proto__":'), "forbidden-key $.nodes.__proto__"],
  ])("%s", (_, text, expected) => {
    const admission = admitFragment(text, kinds);
    expect(admission.ok ? null : `${admission.errors[0]?.code} ${admission.errors[0]?.path}`).toBe(expected);
  });
});
