import { describe, expect, test } from "vitest";
import { declarations } from "../kinds/declarations.ts";
import { sentenceOf } from "./admit-words.ts";
import type { KindDeclaration } from "./kind-declaration.ts";
import { mayLink, mayStand } from "./rules.ts";

const kind = (id: string) => declarations.get(id) as KindDeclaration;

describe("what may stand where", () => {
  const places = [null, "zone", "host", "virtual-machine", "container"] as const;
  test.each([
    ["client", "yes yes not-in-there not-in-there holds-nothing"],
    ["load-balancer", "yes yes not-in-there not-in-there holds-nothing"],
    ["service-registry", "yes yes not-in-there not-in-there holds-nothing"],
    ["image-registry", "yes yes not-in-there not-in-there holds-nothing"],
    ["dependency", "yes yes not-in-there not-in-there holds-nothing"],
    ["host", "yes yes not-in-there not-in-there holds-nothing"],
    ["zone", "yes not-in-there not-in-there not-in-there holds-nothing"],
    ["virtual-machine", "not-on-canvas not-in-there yes not-in-there holds-nothing"],
    ["container", "not-on-canvas not-in-there yes yes holds-nothing"],
  ])(`%s on canvas, in zone, host, VM, container: %s`, (id, expected) => {
    const verdicts = places.map((place) => mayStand(kind(id), place === null ? null : kind(place)));
    expect(verdicts.map((verdict) => (verdict.ok ? "yes" : verdict.code)).join(" ")).toBe(expected);
  });
});

describe("what may be linked", () => {
  test.each([
    ["client", "load-balancer", "call"],
    ["client", "service-registry", "discover"],
    ["client", "host", "no-role"],
    ["load-balancer", "container", "forward"],
    ["load-balancer", "service-registry", "source register"],
    ["load-balancer", "image-registry", "no-role"],
    ["container", "dependency", "call"],
    ["container", "service-registry", "discover register"],
    ["host", "image-registry", "pull"],
    ["host", "container", "no-role"],
    ["dependency", "container", "starts-nothing"],
    ["container", "client", "no-role"],
  ])("%s to %s: %s", (from, to, expected) => {
    const verdict = mayLink(kind(from), kind(to));
    expect(verdict.ok ? verdict.roles.join(" ") : verdict.code).toBe(expected);
  });

  test.each([
    ["client", "load-balancer", "call", "yes"],
    ["client", "load-balancer", "forward", "role-not-here"],
    ["client", "service-registry", "call", "far-end-refuses"],
    ["client", "load-balancer", "marries", "unknown-role"],
    ["client", "load-balancer", "toString", "unknown-role"],
  ])("%s to %s as %s: %s", (from, to, role, expected) => {
    const verdict = mayLink(kind(from), kind(to), role);
    expect(verdict.ok ? "yes" : verdict.code).toBe(expected);
  });
});

describe("why not, in words", () => {
  const named = (id: string) => ({ container: "Container", host: "Host", client: "客户端", "load-balancer": "负载均衡器" })[id] ?? id;
  test.each([
    [mayStand(kind("container"), null), "en", "Container can stand only on a host or in a virtual machine."],
    [mayStand(kind("client"), kind("host")), "zh", "客户端只能放在画布上或可用区中，不能放在Host中。"],
    [mayLink(kind("host"), kind("container")), "en", "Host can send image pulls, and Container takes none of these."],
    [mayLink(kind("client"), kind("load-balancer"), "discover"), "zh", "负载均衡器不接收服务发现查询。"],
  ] as const)("%j in %s", (verdict, language, expected) => {
    expect(verdict.ok || sentenceOf(verdict, language, named)).toBe(expected);
  });
});
