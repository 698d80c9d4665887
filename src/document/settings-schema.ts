import type { Field, Settings } from "./settings.ts";
import type { SettingValues } from "./topology.ts";
import { z } from "./zod.ts";

type SettingsSchema = z.ZodMiniType<SettingValues>;
const schemas = new WeakMap<Settings, SettingsSchema>();

/**
 * Admits a record that holds any subset of the fields and nothing else. Made when something is first admitted: a page
 * that shows a document declares its settings without it.
 */
export function settingsSchema(settings: Settings): SettingsSchema {
  const known = schemas.get(settings);
  if (known !== undefined) return known;
  const shape = Object.fromEntries(Object.entries(settings.fields).map(([name, field]) => [name, z.optional(fieldSchema(field))]));
  const schema = z.strictObject(shape) as unknown as SettingsSchema;
  schemas.set(settings, schema);
  return schema;
}

/** −0 becomes 0: JSON cannot write it down, and what is exported must come back the same. */
export const noMinusZero = z.overwrite<number>((number) => number + 0);

function fieldSchema(field: Field): z.ZodMiniType {
  switch (field.type) {
    case "quantity": {
      const checks = [z.minimum(field.min), z.maximum(field.max), noMinusZero];
      return field.integer ? z.int().check(...checks) : z.number().check(...checks);
    }
    case "choice":
      return z.enum(field.options as [string, ...string[]]);
    case "flag":
      return z.boolean();
    case "text":
      return field.pattern === undefined
        ? z.string().check(z.maxLength(field.maxLength))
        : z.string().check(z.maxLength(field.maxLength), z.regex(new RegExp(field.pattern, "u")));
    case "samples":
      return z.array(z.number().check(z.minimum(field.min), z.maximum(field.max), noMinusZero)).check(z.minLength(1), z.maxLength(1000));
  }
}
