import { describe, expect, test } from "vitest";
import { admit, admitText, type AdmitError, type Admission } from "./admit.ts";
import { admitWords, explain } from "./admit-words.ts";
import { declarations as kinds } from "../kinds/declarations.ts";
import { sample } from "./testing/sample.ts";

/**
 * Some two hundred documents with something wrong in each. Each must be refused with a named error at the right
 * place, in both languages, and quickly; the sound document they are made from is admitted.
 */
type Change = (document: any) => void;
const spoilt = (change: Change): unknown => {
  const document: any = sample();
  change(document);
  return document;
};

function refusal(admission: Admission): readonly AdmitError[] {
  expect(admission.ok).toBe(false);
  const errors = admission.ok ? [] : admission.errors;
  expect(errors.length).toBeGreaterThan(0);
  expect(errors.length).toBeLessThanOrEqual(50);
  for (const error of errors) {
    expect(error.path.startsWith("$")).toBe(true);
    for (const language of ["en", "zh"] as const) {
      expect(admitWords[language]).toHaveProperty([error.code]);
      expect(explain(error, language)).not.toMatch(/\{\w+\}/u);
    }
  }
  return errors;
}

const told = (errors: readonly AdmitError[]) => errors.map(({ code, path }) => `${code} ${path}`);

test("the sample itself is admitted, as an object and as a text", () => {
  expect(admit(sample(), kinds)).toEqual({ ok: true, document: sample() });
  expect(admitText(JSON.stringify(sample()), kinds)).toEqual({ ok: true, document: sample() });
});

describe("cut off", () => {
  const text = JSON.stringify(sample(), null, 1);
  const cuts = Array.from({ length: 40 }, (_, index) => Math.floor((text.length * index) / 40));
  test.each(cuts)("after %i characters", (length) => {
    const [error] = refusal(admitText(text.slice(0, length), kinds));
    expect(["cut-short", "syntax"]).toContain(error?.code);
    expect(error?.line).toBeGreaterThan(0);
    expect(error?.column).toBeGreaterThan(0);
  });
});

/** Every field of one record of each sort, and what it is. */
const fields = [
  ["format", "string", "not-breakwater", "$"],
  ["version", "number", "bad-version"],
  ["title", "object"],
  ["title.en", "string"],
  ["title.zh", "string"],
  ["note", "object"],
  ["note.en", "string"],
  ["seed", "number"],
  ["start", "string"],
  ["nodes", "object"],
  ["nodes.web-2", "object"],
  ["nodes.web-2.id", "string"],
  ["nodes.web-2.kind", "string"],
  ["nodes.web-2.name", "string"],
  ["nodes.web-2.order", "number"],
  ["nodes.web-2.parent", "string"],
  ["nodes.web-2.position", "object"],
  ["nodes.web-2.position.x", "number"],
  ["nodes.web-2.position.y", "number"],
  ["nodes.web-2.settings", "object"],
  ["nodes.web-2.settings.workSamplesMs", "array"],
  ["nodes.web-2.settings.workDistribution", "string"],
  ["nodes.host-a.size", "object"],
  ["nodes.host-a.size.width", "number"],
  ["nodes.client-1.settings.ratePerSecond", "number"],
  ["links", "object"],
  ["links.web-1--db-1", "object"],
  ["links.web-1--db-1.id", "string"],
  ["links.web-1--db-1.order", "number"],
  ["links.web-1--db-1.from", "string"],
  ["links.web-1--db-1.to", "string"],
  ["links.web-1--db-1.role", "string"],
  ["links.web-1--db-1.settings", "object"],
  ["links.web-1--db-1.settings.waits", "boolean"],
  ["schedule", "object"],
  ["schedule.act-2", "object"],
  ["schedule.act-2.id", "string"],
  ["schedule.act-2.act", "string"],
  ["schedule.act-2.target", "string"],
  ["schedule.act-2.amount", "number"],
  ["schedule.act-2.atMs", "number"],
] as const;

const samples: readonly (readonly [string, unknown])[] = [
  ["null", null],
  ["number", 3.25],
  ["string", "?"],
  ["boolean", true],
  ["array", [[]]],
  ["object", { "?": 1 }],
];

function put(document: any, path: string, value: unknown): void {
  const steps = path.split(".");
  const last = steps.pop() as string;
  const holder = steps.reduce((at, step) => at[step], document);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
}

describe("wrong types", () => {
  const cases = fields.flatMap(([path, type, code = "wrong-type", place = `$.${path}`]) =>
    samples
      .filter(([name]) => name !== type && !(name === "null" && path.endsWith("parent")))
      .map(([name, value]) => [path, name, value, code, place] as const),
  );
  test.each(cases)("%s is a %s", (path, _, value, code, place) => {
    const errors = refusal(
      admit(
        spoilt((document) => put(document, path, value)),
        kinds,
      ),
    );
    expect(told(errors)).toContain(`${code} ${place}`);
  });
  test(`are ${cases.length} documents`, () => expect(cases.length).toBeGreaterThan(180));
});

const paths: readonly string[] = fields.map(([path]) => path);
const optional = ["title.zh", "note", "seed", "start", "schedule", "nodes.host-a.size", "schedule.act-2.amount"];
const isOptional = (path: string) => optional.includes(path) || path.includes(".settings.");
const isRecord = (path: string) => /^(?:nodes|links|schedule)\.[^.]+$/u.test(path);

describe("missing fields", () => {
  test.each(paths.filter((path) => !isOptional(path) && !isRecord(path)))("%s", (path) => {
    const [error] = refusal(
      admit(
        spoilt((document) => put(document, path, undefined)),
        kinds,
      ),
    );
    expect(`${error?.code} ${error?.path}`).toBe(path === "format" ? "not-breakwater $" : `missing $.${path}`);
  });
  test.each(paths.filter(isOptional))("%s may be missing", (path) => {
    expect(
      admit(
        spoilt((document) => put(document, path, undefined)),
        kinds,
      ).ok,
    ).toBe(true);
  });
});

const many = (count: number, make: (index: number) => unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, make(index)]));
const circle: any = { format: "breakwater" };
circle.self = circle;

const table: readonly (readonly [what: string, expected: string, Change])[] = [
  // References that lead nowhere.
  ["a parent that is not there", "unknown-parent $.nodes.web-1.parent", (d) => (d.nodes["web-1"].parent = "host-z")],
  ["a parent named like an inherited method", "unknown-parent $.nodes.web-1.parent", (d) => (d.nodes["web-1"].parent = "toString")],
  ["a link from nowhere", "unknown-node $.links.web-1--db-1.from", (d) => (d.links["web-1--db-1"].from = "web-9")],
  ["a link to nowhere", "unknown-node $.links.web-1--db-1.to", (d) => (d.links["web-1--db-1"].to = "hasOwnProperty")],
  ["an act aimed at nothing", "unknown-target $.schedule.act-1.target", (d) => (d.schedule["act-1"].target = "web-9")],
  ["a removed node that others refer to", "unknown-parent $.nodes.web-2.parent", (d) => delete d.nodes["vm-1"]],
  // Containment.
  ["a host in itself", "stands-in-itself $.nodes.host-a.parent", (d) => (d.nodes["host-a"].parent = "host-a")],
  ["a host in its own VM", "stands-in-itself $.nodes.host-a.parent", (d) => (d.nodes["host-a"].parent = "vm-1")],
  ["a container on the canvas", "not-on-canvas $.nodes.web-1.parent", (d) => (d.nodes["web-1"].parent = null)],
  ["a container in a container", "holds-nothing $.nodes.web-1.parent", (d) => (d.nodes["web-1"].parent = "web-2")],
  ["a host in a host", "not-in-there $.nodes.host-b.parent", (d) => (d.nodes["host-b"].parent = "host-a")],
  ["a VM in a VM", "stands-in-itself $.nodes.vm-1.parent", (d) => (d.nodes["vm-1"].parent = "vm-1")],
  ["a client in a host", "not-in-there $.nodes.client-1.parent", (d) => (d.nodes["client-1"].parent = "host-a")],
  // Links that may not be.
  ["a link to itself", "links-itself $.links.web-1--db-1.to", (d) => (d.links["web-1--db-1"].to = "web-1")],
  ["a role that does not exist", "unknown-role $.links.web-1--db-1.role", (d) => (d.links["web-1--db-1"].role = "marries")],
  ["a role named like an inherited method", "unknown-role $.links.web-1--db-1.role", (d) => (d.links["web-1--db-1"].role = "toString")],
  ["a role that cannot start there", "role-not-here $.links.host-a--images-1.role", (d) => (d.links["host-a--images-1"].role = "call")],
  ["a far end that does not take it", "far-end-refuses $.links.web-1--db-1.role", (d) => (d.links["web-1--db-1"].to = "registry-1")],
  ["the same link twice", "duplicate-link $.links.again", (d) => (d.links["again"] = { ...d.links["web-1--db-1"], id: "again" })],
  [
    "a link with a node's id",
    "duplicate-id $.links.web-1.id",
    (d) => (d.links["web-1"] = { ...d.links["web-1--db-1"], id: "web-1", to: "front-1" }),
  ],
  // Kinds, settings, acts.
  ["an unknown kind", "unknown-kind $.nodes.db-1.kind", (d) => (d.nodes["db-1"].kind = "mainframe")],
  ["an unknown setting", "unknown-setting $.nodes.web-1.settings.colour", (d) => (d.nodes["web-1"].settings.colour = "red")],
  [
    "a setting of another role",
    "unknown-setting $.links.host-a--images-1.settings.retries",
    (d) => (d.links["host-a--images-1"].settings.retries = 1),
  ],
  ["a setting below its range", "too-small $.nodes.web-1.settings.port", (d) => (d.nodes["web-1"].settings.port = 0)],
  ["a setting above its range", "too-large $.nodes.web-1.settings.workMs", (d) => (d.nodes["web-1"].settings.workMs = 600_001)],
  ["half a replica", "not-whole $.nodes.web-1.settings.concurrency", (d) => (d.nodes["web-1"].settings.concurrency = 1.5)],
  ["an option that is none", "not-an-option $.nodes.front-1.settings.algorithm", (d) => (d.nodes["front-1"].settings.algorithm = "magic")],
  ["a service with spaces", "has-spaces $.nodes.web-1.settings.service", (d) => (d.nodes["web-1"].settings.service = "my web")],
  ["an empty service", "has-spaces $.nodes.web-1.settings.service", (d) => (d.nodes["web-1"].settings.service = "")],
  [
    "a service's name that is too long",
    "too-long $.nodes.web-1.settings.service",
    (d) => (d.nodes["web-1"].settings.service = "w".repeat(61)),
  ],
  ["no samples", "too-few $.nodes.web-2.settings.workSamplesMs", (d) => (d.nodes["web-2"].settings.workSamplesMs = [])],
  [
    "too many samples",
    "too-many $.nodes.web-2.settings.workSamplesMs",
    (d) => (d.nodes["web-2"].settings.workSamplesMs = Array(1001).fill(1)),
  ],
  [
    "a sample out of range",
    "too-small $.nodes.web-2.settings.workSamplesMs[1]",
    (d) => (d.nodes["web-2"].settings.workSamplesMs = [1, -1]),
  ],
  ["an unknown act", "unknown-act $.schedule.act-1.act", (d) => (d.schedule["act-1"].act = "tickle")],
  ["an act that a kind does not suffer", "unknown-act $.schedule.act-1.act", (d) => (d.schedule["act-1"].act = "unplug")],
  ["a link that is killed", "unknown-act $.schedule.act-3.act", (d) => (d.schedule["act-3"].act = "kill")],
  ["an act before the beginning", "too-small $.schedule.act-1.atMs", (d) => (d.schedule["act-1"].atMs = -1)],
  ["an act in a year", "too-large $.schedule.act-1.atMs", (d) => (d.schedule["act-1"].atMs = 31_536_000_000)],
  ["a negative amount", "too-small $.schedule.act-2.amount", (d) => (d.schedule["act-2"].amount = -4)],
  ["a container with a size", "card-has-no-size $.nodes.web-1.size", (d) => (d.nodes["web-1"].size = { width: 100, height: 100 })],
  // Ids and names.
  ["an id that is not its key", "id-is-not-its-key $.nodes.web-1.id", (d) => (d.nodes["web-1"].id = "web-9")],
  ["two nodes of one id", "id-is-not-its-key $.nodes.web-8.id", (d) => (d.nodes["web-8"] = d.nodes["web-1"])],
  ["an empty id", 'bad-id $.nodes[""].id', (d) => (d.nodes[""] = { ...d.nodes["web-1"], id: "" })],
  ["an id with a space", 'bad-id $.nodes["a b"].id', (d) => (d.nodes["a b"] = { ...d.nodes["web-1"], id: "a b" })],
  ["an id like an inherited method", "bad-id $.nodes.toString.id", (d) => (d.nodes["toString"] = { ...d.nodes["web-1"], id: "toString" })],
  ["an id that is too long", `too-long $["nodes"]`, (d) => (d.nodes["i".repeat(65)] = { ...d.nodes["web-1"], id: "i".repeat(65) })],
  ["an empty name", "empty $.nodes.web-1.name", (d) => (d.nodes["web-1"].name = "")],
  ["a name of spaces", "empty $.nodes.web-1.name", (d) => (d.nodes["web-1"].name = " \u3000")],
  ["a name of 81 characters", "too-long $.nodes.web-1.name", (d) => (d.nodes["web-1"].name = "名".repeat(81))],
  ["a name of two lines", "control-character $.nodes.web-1.name", (d) => (d.nodes["web-1"].name = "web\n1")],
  ["no title", "empty $.title.en", (d) => (d.title.en = "")],
  ["a title of 201 characters", "too-long $.title.zh", (d) => (d.title.zh = "长".repeat(201))],
  ["a note of a whole book", "too-long $.note.en", (d) => (d.note.en = "b".repeat(4001))],
  // Numbers.
  ["NaN for a position", "not-finite $.nodes.web-1.position.x", (d) => (d.nodes["web-1"].position.x = NaN)],
  ["NaN for a setting", "not-finite $.nodes.client-1.settings.ratePerSecond", (d) => (d.nodes["client-1"].settings.ratePerSecond = NaN)],
  ["infinity for a time", "not-finite $.schedule.act-1.atMs", (d) => (d.schedule["act-1"].atMs = Infinity)],
  ["a position out of this world", "too-large $.nodes.web-1.position.x", (d) => (d.nodes["web-1"].position.x = 1e7)],
  ["a frame without width", "too-small $.nodes.host-a.size.width", (d) => (d.nodes["host-a"].size.width = 0)],
  ["a negative seed", "too-small $.seed", (d) => (d.seed = -1)],
  ["half a seed", "not-whole $.seed", (d) => (d.seed = 0.5)],
  ["a seed of 33 bits", "too-large $.seed", (d) => (d.seed = 2 ** 32)],
  ["a negative order", "too-small $.nodes.web-1.order", (d) => (d.nodes["web-1"].order = -1)],
  ["half an order", "not-whole $.links.web-1--db-1.order", (d) => (d.links["web-1--db-1"].order = 1.5)],
  // Versions.
  ["a future version", "future-version $.version", (d) => (d.version = 2)],
  ["a version far in the future", "future-version $.version", (d) => (d.version = 9_999_999)],
  ["version 0", "bad-version $.version", (d) => (d.version = 0)],
  ["version 1.5", "bad-version $.version", (d) => (d.version = 1.5)],
  ["another format", "not-breakwater $", (d) => (d.format = "excalidraw")],
  ["a start that is none", "not-an-option $.start", (d) => (d.start = "lukewarm")],
  // Fields that nobody knows.
  ["an unknown field", "unknown-field $.author", (d) => (d.author = "me")],
  ["an unknown field of a node", "unknown-field $.nodes.web-1.colour", (d) => (d.nodes["web-1"].colour = "red")],
  ["an unknown field of a position", "unknown-field $.nodes.web-1.position.z", (d) => (d.nodes["web-1"].position.z = 1)],
  ["a title in a third language", "unknown-field $.title.fr", (d) => (d.title.fr = "Basculement")],
  // Keys that mean something to JavaScript, and what is no JSON.
  ["a node called constructor", "forbidden-key $.nodes.constructor", (d) => (d.nodes["constructor"] = {})],
  ["a setting called prototype", "forbidden-key $.nodes.web-1.settings.prototype", (d) => (d.nodes["web-1"].settings.prototype = 1)],
  [
    "an own __proto__",
    "forbidden-key $.nodes.__proto__",
    (d) => Object.defineProperty(d.nodes, "__proto__", { value: {}, enumerable: true }),
  ],
  ["a function", "not-json $.nodes.web-1.name", (d) => (d.nodes["web-1"].name = () => "web-1")],
  ["a date", "not-json $.note", (d) => (d.note = new Date(0))],
  ["undefined", "not-json $.note", (d) => (d.note = undefined)],
  ["a bigint", "not-json $.seed", (d) => (d.seed = 7n)],
  ["a map", "not-json $.nodes", (d) => (d.nodes = new Map())],
  ["a list of nodes", "wrong-type $.nodes", (d) => (d.nodes = [])],
  // Too much.
  ["20,001 nodes", "too-many-nodes $.nodes", (d) => (d.nodes = many(20_001, (index) => ({ ...d.nodes["db-1"], id: `x-${index}` })))],
  [
    "100,001 links",
    "too-many-links $.links",
    (d) => (d.links = many(100_001, (index) => ({ ...d.links["web-1--db-1"], id: `x-${index}` }))),
  ],
  [
    "10,001 acts",
    "too-many-schedule $.schedule",
    (d) => (d.schedule = many(10_001, (index) => ({ ...d.schedule["act-1"], id: `x-${index}` }))),
  ],
];

describe("spoilt documents", () => {
  test.each(table)("%s → %s", (_, expected, change) => {
    const errors = refusal(admit(spoilt(change), kinds));
    if (!expected.startsWith("too-long $[")) expect(told(errors)).toContain(expected);
    else expect(errors[0]?.code).toBe("too-long");
  });
});

describe("not a document at all", () => {
  test.each([
    ["nothing", undefined, "not-json $"],
    ["null", null, "not-breakwater $"],
    ["a number", 42, "not-breakwater $"],
    ["a text", "breakwater", "not-breakwater $"],
    ["a list", [sample()], "not-breakwater $"],
    ["an empty object", {}, "not-breakwater $"],
    ["a circle", circle, `too-deep $${".self".repeat(12)}…`],
  ])("%s", (_, input, expected) => {
    expect(told(refusal(admit(input, kinds)))).toEqual([expected]);
  });

  test.each([
    ["an empty file", "", "cut-short $"],
    ["plain words", "hello", "syntax $"],
    ["a web page", "<!doctype html><html></html>", "syntax $"],
    ["YAML", "services:\n  web:\n    image: nginx", "syntax $"],
    ["bytes of a picture", "\u0089PNG\r\n\u001a\n\u0000\u0000", "syntax $"],
    ["5 MB of spaces", " ".repeat(5_000_000), "too-big $"],
    ["5 MB of Chinese", `"${"满".repeat(1_700_000)}"`, "too-big $"],
    ["5 MB of nodes", JSON.stringify(spoilt((d) => (d.nodes = many(45_000, () => d.nodes["web-1"])))), "too-big $"],
    ["10,000 open brackets", "[".repeat(10_000), `too-deep $${"[0]".repeat(12)}…`],
    ["10,000 brackets, all closed", "[".repeat(10_000) + "]".repeat(10_000), `too-deep $${"[0]".repeat(12)}…`],
    ["10,000 objects in each other", '{"a":'.repeat(10_000) + "1" + "}".repeat(10_000), `too-deep $${".a".repeat(12)}…`],
    ["a number that is infinite", '{"format":"breakwater","version":1e999}', "not-finite $.version"],
    ["NaN", '{"format":"breakwater","version":NaN}', "syntax $.version"],
    ["a comma too many", '{"format":"breakwater","version":1,}', "syntax $"],
    ["a comment", '{"format":"breakwater",// yes\n"version":1}', "syntax $"],
    ["a key given twice", '{"format":"breakwater","version":1,"version":1}', "duplicate-key $.version"],
    ["a node given twice", JSON.stringify(sample()).replace('"web-3":{', '"web-1":{},"web-3":{'), "duplicate-key $.nodes.web-1"],
    ["__proto__", '{"format":"breakwater","version":1,"__proto__":{"isAdmin":true}}', "forbidden-key $.__proto__"],
    ["constructor.prototype", '{"constructor":{"prototype":{}}}', "forbidden-key $.constructor"],
  ])("%s", (_, text, expected) => {
    expect(told(refusal(admitText(text, kinds)))[0]).toBe(expected);
  });
});

describe("nearly as large as a file may be, and hostile", () => {
  const head = '{"format":"breakwater","version":1,"title":{"en":"x"},"links":{},"nodes":';
  const fields = Array.from({ length: 250_000 }, (_, index) => `"${index}":1`).join(",");
  const node = '{"web":{"id":"web","kind":"container","name":"web","order":0,"parent":null,"position":{"x":0,"y":0},"settings":';
  test.each([
    ["2 million numbers", `${head}[${"1,".repeat(2_000_000)}1]}`, `too-many-values $.nodes[999993]`],
    ["900,000 numbers for nodes", `${head}[${"1,".repeat(900_000)}1]}`, "wrong-type $.nodes"],
    ["250,000 nodes that are numbers", `${head}{${fields}}}`, "too-many-nodes $.nodes"],
    ["250,000 unknown settings", `${head}${node}{${fields}}}}}`, 'unknown-setting $.nodes.web.settings["0"]'],
    ["900,000 samples", `${head}${node}{"workSamplesMs":[${"-1,".repeat(900_000)}1]}}}}`, "too-many $.nodes.web.settings.workSamplesMs"],
    ["a name of 4 MB", `${head}${node.replace('"name":"web"', `"name":"${"w".repeat(4_000_000)}"`)}{}}}}`, "too-long $.nodes.web.name"],
    ["4 MB of quotes", `${head}"${'\\"'.repeat(2_000_000)}"}`, "wrong-type $.nodes"],
    ["a number of 4 MB", `${head}${"9".repeat(4_000_000)}}`, "not-finite $.nodes"],
  ])("%s", (_, text, expected) => {
    expect(told(refusal(admitText(text, kinds)))[0]).toBe(expected);
  });
});

test("an admitted text cannot reach a prototype", () => {
  admitText('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}', kinds);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test("errors in a text say line and column, also of what is missing", () => {
  const text = JSON.stringify(
    spoilt((d) => ((d.nodes["web-1"].settings.workMs = -1), delete d.links["web-1--db-1"].to)),
    null,
    2,
  );
  const lines = text.split("\n");
  const [wrong, missing] = refusal(admitText(text, kinds));
  expect(wrong).toMatchObject({ code: "too-small", path: "$.nodes.web-1.settings.workMs" });
  expect(lines[(wrong?.line ?? 0) - 1]?.slice((wrong?.column ?? 0) - 1)).toBe("-1");
  expect(missing).toMatchObject({ code: "missing", path: "$.links.web-1--db-1.to" });
  expect(lines[(missing?.line ?? 0) - 1]).toContain('"web-1--db-1": {');
});

test("everything that is wrong is told at once, up to fifty errors", () => {
  const errors = refusal(
    admit(
      spoilt((d) => ((d.seed = -1), (d.nodes["web-1"].name = ""), (d.schedule["act-1"].atMs = "10"))),
      kinds,
    ),
  );
  expect(told(errors)).toEqual(["too-small $.seed", "empty $.nodes.web-1.name", "wrong-type $.schedule.act-1.atMs"]);
  const crowd = spoilt((d) => (d.nodes = many(5000, () => ({}))));
  expect(refusal(admit(crowd, kinds))).toHaveLength(50);
});

test("a byte-order mark before a file is passed over", () => {
  expect(admitText("\uFEFF" + JSON.stringify(sample()), kinds).ok).toBe(true);
});

test("what is optional gets its default, and −0 becomes 0", () => {
  const bare = { format: "breakwater", version: 1, title: { en: "Empty" }, nodes: {}, links: {} };
  expect(admit(bare, kinds)).toEqual({ ok: true, document: { ...bare, seed: 1, start: "warm", schedule: {} } });
  const admission = admit(
    spoilt((d) => (d.nodes["web-1"].position.x = -0)),
    kinds,
  );
  expect(admission.ok && Object.is(admission.document.nodes["web-1"]?.position.x, 0)).toBe(true);
});
