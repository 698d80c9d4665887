/** What is said of a setting: its label, one line of help, and a word for each of its options. */
export interface SettingWords {
  readonly label: string;
  readonly help: string;
  readonly options?: Readonly<Record<string, string>>;
  /** What it is called instead of its label, by the value of another setting: each system has its own name for it. */
  readonly names?: { readonly by: string; readonly are: Readonly<Record<string, string>> };
}

/** The words of one kind in one language. `acts` holds only those that the shared words don't say well enough. */
export interface KindWords {
  readonly name: string;
  readonly states: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, SettingWords>>;
  readonly acts?: Readonly<Record<string, string>>;
  /** What its parts are, where they are not what it knows of others. */
  readonly parts?: string;
}

/** The same keys, any words: so that no language lags behind another. */
export type Same<Words> = { readonly [Key in keyof Words]: Words[Key] extends string ? string : Same<Words[Key]> };

export interface BothLanguages<Words> {
  readonly en: Words;
  readonly zh: Same<Words>;
}

/** The words of a kind in both languages; a key that one of them lacks doesn't compile. */
export function defineKindWords<const Words extends KindWords>(words: BothLanguages<Words>): BothLanguages<KindWords> {
  return words;
}
