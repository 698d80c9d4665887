import { describe, expect, test } from "vitest";
import type { Consumer, PartStatus } from "../../runtime/protocol.ts";
import { believesIn, directoryOf } from "./directory-rows.ts";

const entry = (node: string, address: string, service = "web"): PartStatus => ({
  key: node,
  node,
  incarnation: 1,
  address,
  state: "passing",
  tone: "running",
  pips: null,
  dueUs: null,
  facts: [{ key: "service", value: service }],
});

const consumer = (node: string, believes: readonly (readonly [string, string])[], service = "web"): Consumer => ({
  node,
  link: `${node}--registry`,
  member: "registry",
  service,
  way: "watch",
  everyUs: 0,
  learntUs: 0,
  believes: believes.map(([of, address]) => ({ node: of, incarnation: 1, address })),
  upToUs: null,
  stale: [],
});

describe("a registry's directory", () => {
  test("lists each service with its instances and those who look for it", () => {
    const services = directoryOf([[entry("web-1", "10.0.0.1"), entry("db-1", "10.0.0.2", "db")]], [consumer("ann", [])]);
    expect(services.map(({ name, rows, consumers }) => [name, rows.length, consumers.length])).toEqual([
      ["db", 1, 0],
      ["web", 1, 1],
    ]);
  });

  test("what the registry has forgotten and a consumer has not stands there, too, once", () => {
    const ann = consumer("ann", [["web-1", "10.0.0.9"]]);
    const [web] = directoryOf([[entry("web-1", "10.0.0.1")]], [ann, consumer("bob", [["web-1", "10.0.0.9"]])]);
    expect(web!.rows.map(({ address, entries: [listed] }) => [address, listed !== null])).toEqual([
      ["10.0.0.1", true],
      ["10.0.0.9", false],
    ]);
    expect(web!.rows.map((row) => believesIn(ann, row))).toEqual([false, true]);
  });

  test("an instance that one member lists and another does not is one row", () => {
    const [one, other] = [entry("web-1", "10.0.0.1"), entry("web-2", "10.0.0.2")];
    const [web] = directoryOf([[one], [], [other, one]], [consumer("ann", [["web-1", "10.0.0.1"]])]);
    expect(web!.rows.map(({ node, entries }) => [node, ...entries])).toEqual([
      ["web-1", one, null, one],
      ["web-2", null, null, other],
    ]);
  });

  test("a service that nobody has registered is listed for those who look for it", () => {
    expect(directoryOf([], [consumer("ann", [], "ghost")]).map(({ name, rows }) => [name, rows.length])).toEqual([["ghost", 0]]);
  });
});
