/** How large anything from outside may be. Checked before it is parsed, so that no file can hang or end the program. */
export const limits = {
  /** Of a text, in UTF-8 bytes. */
  bytes: 4 * 1024 * 1024,
  depth: 64,
  /** Of a text, and of what comes as an object (from storage, from another tab) and may be a whole full document. */
  textValues: 1_000_000,
  values: 2_000_000,
  errors: 50,
  nodes: 20_000,
  links: 100_000,
  acts: 10_000,
  /** Frames in frames. */
  nesting: 16,
  idLength: 64,
  nameLength: 80,
  titleLength: 200,
  noteLength: 4000,
  position: 1_000_000,
  size: 100_000,
  seed: 0xffff_ffff,
  /** Of a scheduled act: eleven days and a half. */
  atMs: 1_000_000_000,
  copies: 1000,
} as const;
