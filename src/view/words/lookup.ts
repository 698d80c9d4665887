import { useMemo } from "react";
import { factWords } from "./fact-words.ts";
import { useLanguage, type Language } from "./language.ts";
import { linkWords } from "./link-words.ts";
import { partWords } from "./part-words.ts";

/** Words that are looked up by a name that comes from the run or the document, and not by a key known here. */
export const useLookup = () => {
  const language = useLanguage((state) => state.language);
  return useMemo(() => lookup(language), [language]);
};

export function lookup(language: Language) {
  const from = <Entry>(table: { readonly en: Readonly<Record<string, Entry>>; readonly zh: Readonly<Record<string, Entry>> }) => {
    return (key: string): Entry | undefined => table[language][key];
  };
  return {
    fact: from<string>(factWords),
    part: from<string>(partWords),
    link: from(linkWords),
    language,
  };
}
