import type { BothLanguages, KindWords } from "../kit/kind-words.ts";
import { actWords } from "./act-words.ts";
import { dialogWords } from "./dialog-words.ts";
import type { Values } from "../../document/admit-error.ts";
import { fill } from "../../document/fill.ts";
import { currentLanguage, useLanguage, type Language } from "./language.ts";
import { panelWords } from "./panel-words.ts";
import { shellWords } from "./shell-words.ts";

export { useLanguage, currentLanguage, learn, setLanguage, switchLanguage, type Language } from "./language.ts";
export type { Values } from "../../document/admit-error.ts";

const tables = [shellWords, panelWords, dialogWords, actWords] as const;
const join = (language: Language) => Object.assign({}, ...tables.map((table) => table[language])) as Record<WordKey, string>;
/** All shared words of a language, joined when they are first spoken: Chinese may come later. */
const joined: Partial<Record<Language, Record<WordKey, string>>> = {};
const shared = (language: Language) => (joined[language] ??= join(language));

export type WordKey = keyof ((typeof tables)[0]["en"] & (typeof tables)[1]["en"] & (typeof tables)[2]["en"] & (typeof tables)[3]["en"]);
export interface Say {
  (key: WordKey, values?: Values): string;
  readonly language: Language;
}

const say = (language: Language): Say =>
  Object.assign((key: WordKey, values: Values = {}) => fill(shared(language)[key], values), { language });
const speakers = { en: say("en"), zh: say("zh") };

/** `t(key, values)` in the language now chosen; the component renders again when it changes. */
export const useWords = (): Say => speakers[useLanguage((state) => state.language)];
/** The same outside React: for what is said once (a toast, a refusal). */
export const words = (): Say => speakers[currentLanguage()];

const wordless: KindWords = { name: "?", states: {}, settings: {} };
let kindsSpoken: ReadonlyMap<string, BothLanguages<KindWords>> = new Map();

/** The composition root hands the kinds' words down, found by `kinds/words.ts`. */
export function provideKindWords(found: ReadonlyMap<string, unknown>): void {
  kindsSpoken = found as ReadonlyMap<string, BothLanguages<KindWords>>;
}

/** The words of one kind in a language (else in the one now chosen). */
export const kindWords = (kind: string, language: Language = currentLanguage()): KindWords => kindsSpoken.get(kind)?.[language] ?? wordless;
export const useKindWords = (kind: string): KindWords =>
  kindWords(
    kind,
    useLanguage((state) => state.language),
  );

/** An act's name: the kind's own word for it, else the shared one. */
export function actName(act: string, kind: string | null, language: Language = currentLanguage()): string {
  const own = kind === null ? undefined : kindWords(kind, language).acts?.[act];
  return own ?? shared(language)[`act.${act}` as WordKey] ?? act;
}
