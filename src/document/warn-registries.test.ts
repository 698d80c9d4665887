import { expect, test } from "vitest";
import { sketch } from "../engine/testing/sketch.ts";
import { declarations as kinds } from "../kinds/declarations.ts";
import { admit } from "./admit.ts";
import { warn } from "./warn.ts";

const told = (text: string) =>
  warn(sketch(text), kinds).map(({ code, path, values }) => `${code} ${path} ${Object.values(values).join(" ")}`);

const members = (count: number, settings = "") =>
  Array.from(
    { length: count },
    (_, index) => `r${index}: service-registry ${settings}\n${index === 0 ? "" : `r0 -> r${index}: peer`}`,
  ).join("\n");

test("an even number of members that agree by majority", () => {
  expect(told(members(3))).toEqual([]);
  expect(told(members(4))).toEqual(["even-members $.nodes.r0 r0 4 3 1"]);
  expect(told(members(2, "system=zookeeper"))).toEqual(["even-members $.nodes.r0 r0 2 2 0"]);
  expect(told(members(4, "system=eureka"))).toEqual([]);
});

test("a warning names everybody whose settings might mend it", () => {
  const concerned = (text: string) => warn(sketch(text), kinds).map(({ node, others }) => [node, ...others]);
  expect(concerned(members(4))).toEqual([["r0", "r1", "r2", "r3"]]);
  expect(concerned("one: service-registry\n two: service-registry system=eureka\n one -> two: peer")).toEqual([["one", "two"]]);
  expect(concerned(shop("ttlMs=4000"))).toEqual([
    ["web", "registry"],
    ["other", "registry"],
  ]);
});

const sentinels = (count: number, settings = "", tags = ["master", ""]) => `h: host
  ${members(count, `system=sentinel ${settings}`)}
  ${tags.map((tag, index) => `web${index}: container in h\n web${index} -> r0: register ${tag === "" ? "" : `tags=${tag}`}`).join("\n")}`;

test("sentinels that can't agree, or have no master or two to begin with", () => {
  expect(told(sentinels(3))).toEqual([]);
  expect(told(sentinels(4))).toEqual(["even-sentinels $.nodes.r0 r0 4 3 1"]);
  expect(told(sentinels(1))).toEqual(["quorum-too-large $.nodes.r0.settings.quorum r0 1 2"]);
  expect(told(sentinels(1, "quorum=1"))).toEqual([]);
  expect(told(sentinels(3, "quorum=4"))).toHaveLength(3);
  expect(told(sentinels(3, "", ["", "blue"]))).toEqual(["no-master $.nodes.r0 web master r0"]);
  expect(told(sentinels(3, "", ["master", "", "blue,master"]))).toEqual([
    "several-masters $.links.web2--r0.settings.tags web master web0 web2",
  ]);
});

test("members of different systems", () => {
  const text = "one: service-registry\n two: service-registry system=eureka\n one -> two: peer";
  expect(told(text)).toEqual(["members-differ $.links.one--two one two"]);
});

const shop = (registry: string, web = "") => `
  h: host
  ann: client
  registry: service-registry ${registry}
  web: container in h ${web}
  other: container in h
  ann -> registry: discover
  web -> registry: register
  other -> registry: register`;

test.each([
  ["ttlMs=5000", ""],
  ["system=consul-ttl ttlMs=4000", ""],
  ["system=etcd ttlMs=4000", "heartbeatMs=5000"],
  ["system=zookeeper sessionMs=6000", "heartbeatMs=6000"],
  ["system=nacos-beat", "heartbeatMs=20000"],
])("a heartbeat slower than the lease: %s, %s", (registry, web) => {
  expect(told(shop(registry, web))[0]).toContain("lease-too-short $.nodes.web.settings.heartbeatMs");
});

// Whose rules say how often to renew, or ask by themselves, need no heartbeat of the instance's.
test.each(["system=etcd ttlMs=4000", "system=eureka ttlMs=1000", "system=consul-check ttlMs=1000", "system=kubernetes"])(
  "no heartbeat is too slow: %s",
  (registry) => expect(told(shop(registry))).toEqual([]),
);

test("one name on two ports", () => {
  expect(told(shop("", "port=9090"))).toEqual(["ports-differ $.nodes.other.settings.port web web 9090 other 8080"]);
});

test("a service that nobody registers, at any member", () => {
  const asked = (registered: string) => `h: host\n ann: client\n web: container in h\n ${members(3)}\n ann -> r2: discover\n ${registered}`;
  expect(told(asked("web -> r1: register"))).toEqual([]);
  expect(told(asked(""))).toEqual(["nobody-registers $.links.ann--r2.settings.service ann web r2"]);
});

test("a balancer that reads what it is registered as itself", () => {
  const loop = (register: string, source: string, balancer = "service=web") => `h: host
    ${members(3)}
    web: container in h\n web -> r0: register tags=blue
    front: load-balancer port=8080 ${balancer}
    front -> r1: register ${register}
    front -> r2: source ${source}`;
  expect(told(loop("", ""))).toEqual(["finds-itself $.nodes.front.settings.service front web r2"]);
  expect(told(loop("tags=blue", "tag=blue"))).toHaveLength(1);
  expect(told(loop("", "tag=blue"))).toEqual([]);
  expect(told(loop("version=2", "version=1"))).toEqual([]);
  expect(told(loop("", "", "service=front"))).toEqual([]);
});

test("a lease of no time is refused by name, at the registry and at an instance", () => {
  const codes = (text: string) => {
    const admission = admit(sketch(text), kinds);
    return admission.ok ? [] : admission.errors.map(({ code, path }) => `${code} ${path}`);
  };
  expect(codes("registry: service-registry ttlMs=0")).toEqual(["too-small $.nodes.registry.settings.ttlMs"]);
  expect(codes("registry: service-registry system=zookeeper sessionMs=0")).toEqual(["too-small $.nodes.registry.settings.sessionMs"]);
});
