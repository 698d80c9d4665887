import { limits } from "./limits.ts";
import { noMinusZero } from "./settings-schema.ts";
import { z } from "./zod.ts";

/**
 * The shapes of the records of a document, as they are admitted. What is in a node's or link's settings, which acts
 * there are and what refers to what is checked apart, since it hangs on the kinds.
 * An id is safe wherever it may come to stand: in a trace ("web-1#2"), a command line ("web-1@10s"), a selector. It
 * is none of the names that every object inherits, so that looking one up in a record finds that record or nothing.
 */
export const idPattern =
  /^(?!(?:constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|toString|valueOf)$)[A-Za-z0-9][A-Za-z0-9._-]*$/u;

const id = z.string().check(z.minLength(1), z.maxLength(limits.idLength), z.regex(idPattern));
const reference = z.string().check(z.maxLength(limits.idLength));
const order = z.int().check(z.minimum(0), noMinusZero);
const coordinate = z.number().check(z.minimum(-limits.position), z.maximum(limits.position), noMinusZero);
const length = z.number().check(z.minimum(1), z.maximum(limits.size));
/** A name is one line: it stands in captions, tables and file names. */
const oneLine = (max: number) => z.string().check(z.maxLength(max), z.regex(/\S/u), z.regex(/^\P{Cc}*$/u));
const name = oneLine(limits.nameLength);
export const title = z.strictObject({ en: oneLine(limits.titleLength), zh: z.optional(oneLine(limits.titleLength)) });
const prose = z.string().check(z.maxLength(limits.noteLength));
export const note = z.strictObject({ en: prose, zh: z.optional(prose) });
export const seed = z.int().check(z.minimum(0), z.maximum(limits.seed), noMinusZero);
export const start = z.enum(["warm", "cold"]);
const anything = z.record(z.string(), z.unknown());

export const position = z.strictObject({ x: coordinate, y: coordinate });
export const size = z.strictObject({ width: length, height: length });

export const nodeSchema = z.strictObject({
  id,
  kind: z.string(),
  name,
  order,
  parent: z.nullable(reference),
  position,
  size: z.optional(size),
  settings: anything,
});

export const linkSchema = z.strictObject({ id, order, from: reference, to: reference, role: z.string(), settings: anything });

export const actSchema = z.strictObject({
  id,
  order,
  act: z.string().check(z.maxLength(limits.idLength)),
  target: reference,
  amount: z.optional(z.number().check(z.minimum(0), z.maximum(limits.position), noMinusZero)),
  atMs: z.number().check(z.minimum(0), z.maximum(limits.atMs), noMinusZero),
});

export const headSchema = z.strictObject({
  format: z.literal("breakwater"),
  version: z.int(),
  title,
  note: z.optional(note),
  seed: z._default(seed, 1),
  start: z._default(start, "warm"),
  nodes: anything,
  links: anything,
  schedule: z._default(anything, {}),
});
