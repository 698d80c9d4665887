import { describe, expect, test } from "vitest";
import { linkRoles, type RoleId } from "../document/link-settings.ts";
import { applies, type Field } from "../document/settings.ts";
import { settingsSchema } from "../document/settings-schema.ts";
import { serving } from "../document/serving-settings.ts";
import type { SettingValue, Topology } from "../document/topology.ts";
import { player, set, type Step } from "../engine/testing/playing.ts";
import { sketch } from "../engine/testing/sketch.ts";
import { kinds } from "./registry.ts";
import { linkCases, ownCases, servingCases, type SettingCase } from "../properties/testing/setting-cases.ts";
import { systemCases } from "../properties/testing/system-cases.ts";
import { kindWordsByKind } from "./words.ts";

/**
 * Every setting of every kind changes some outcome (DESIGN §5). The settings are the declarations' own, so that a new
 * one without a case here fails, and so does one that is there for show.
 */
const play = player(kinds);

/** What a setting may change: what happens, or what is to be seen of it. */
function outcomeOf(document: Topology, script: readonly Step[], untilS: number): object {
  const simulation = play("", untilS, script, { document, digest: true });
  const states = Object.keys(document.nodes).map((id) => {
    const { state, address, parts } = simulation.status(id)!;
    return { id, state, address, parts: parts.map((part) => part.address) };
  });
  return { trace: simulation.digest(), targets: simulation.targets(), states };
}

function expectToMatter(id: string, name: string, [value, text, script = [], untilS = 5]: SettingCase): void {
  const document = sketch(text);
  const before = outcomeOf(document, script, untilS);
  expect(outcomeOf(document, script, untilS)).toEqual(before);
  expect(outcomeOf(set(id, { [name]: value })(document), script, untilS)).not.toEqual(before);
}

/** The setting of a kind that says by whose rules it goes. */
const rulers: Readonly<Record<string, string>> = { "load-balancer": "rules", "service-registry": "system" };

/** Settings that decide only how a thing is drawn, and say so. */
const drawnOnly: Readonly<Record<string, readonly string[]>> = { dependency: ["sort"] };

describe.each([...kinds.values()].map((kind) => [kind.id, kind] as const))("%s", (id, kind) => {
  const isServing = Object.keys(serving).every((name) => name in kind.settings.fields);
  const cases: Readonly<Record<string, SettingCase>> = { ...ownCases[id], ...(isServing ? servingCases(id) : {}) };
  const drawn = drawnOnly[id] ?? [];

  test("every setting has a case here, and every case is of a setting", () => {
    expect([...Object.keys(cases), ...drawn].sort()).toEqual(Object.keys(kind.settings.fields).sort());
  });

  test.each(Object.entries(cases))("%s matters", (name, one) => {
    expect(settingsSchema(kind.settings).safeParse({ [name]: one[0] }).success).toBe(true);
    expectToMatter("it", name, one);
  });

  if (drawn.length > 0)
    test.each(drawn)("%s is only drawn, and its help says so", (name) => {
      const words = kindWordsByKind.get(id) as { readonly en: { readonly settings: Readonly<Record<string, { readonly help: string }>> } };
      expect(words.en.settings[name]!.help).toContain("drawing");
    });

  const ruler = rulers[id];
  const field = kind.settings.fields[ruler ?? ""] as Field | undefined;
  if (ruler !== undefined && field?.type === "choice")
    test.each(field.options)(`by the rules of %s, whatever is shown matters`, (system) => {
      const ruled = set("it", { [ruler]: system });
      const inert = Object.entries(cases).filter(([name, own]) => {
        const [value, text, script = [], untilS = 5] = systemCases[id]?.[system]?.[name] ?? own;
        const document = ruled(sketch(text));
        const values = { ...kind.settings.defaults, ...document.nodes["it"]!.settings };
        if (name === ruler || !applies(kind.settings.fields, name, (setting) => values[setting]!)) return false;
        const outcomes = [document, set("it", { [name]: value })(document)].map((each) => JSON.stringify(outcomeOf(each, script, untilS)));
        return outcomes[0] === outcomes[1];
      });
      expect(inert.map(([name]) => name)).toEqual([]);
    });

  const roles = (kind.calls as readonly RoleId[]).flatMap((role) =>
    Object.entries(linkCases[role](id)).map(([name, one]) => [role, name, one] as const),
  );

  test("every setting of its links has a case here, and every case is of a setting", () => {
    for (const role of kind.calls)
      expect(Object.keys(linkCases[role](id)).sort(), role).toEqual(Object.keys(linkRoles[role].settings.fields).sort());
  });

  if (roles.length > 0)
    test.each(roles)("on a %s link, %s matters", (role, name, one) => {
      const { links } = sketch(one[1]);
      const link = Object.values(links).find((record) => record.role === role && record.from === "it")!;
      const value: Record<string, SettingValue> = { [name]: one[0] };
      expect(settingsSchema(linkRoles[role].settings).safeParse(value).success).toBe(true);
      expectToMatter(link.id, name, one);
    });
});
