/// <reference path="./virtual-words.d.ts" />
import { settingsOf } from "virtual:setting-words";
import type { KindWords } from "../kit/kind-words.ts";
import { kindWords, type Language } from "./words.ts";

/** What is said of a kind's settings. Only who sets something reads it, so the built page fetches it with those parts. */
export const settingWords = (kind: string, language: Language): KindWords["settings"] =>
  (language === "en" ? settingsOf(kind) : undefined) ?? kindWords(kind, language).settings;
