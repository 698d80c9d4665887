import { roleWords } from "../../document/role-words.ts";
import { canvasWords } from "./canvas-words.ts";
import { surroundings, type Language } from "./surroundings.ts";

export type CanvasWord = keyof (typeof canvasWords)["en"];
type Values = Readonly<Record<string, string | number>>;

export const canvasWord = (language: Language, key: CanvasWord, values: Values = {}): string =>
  canvasWords[language][key].replace(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole));

/** Says the canvas's words in the language now chosen. */
export function useCanvasWords(): (key: CanvasWord, values?: Values) => string {
  const language = surroundings().useLanguage();
  return (key, values) => canvasWord(language, key, values);
}

export const roleWord = (language: Language, role: string): string =>
  (roleWords[language] as Readonly<Record<string, string>>)[role] ?? role;
