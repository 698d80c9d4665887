/// <reference path="./virtual-words.d.ts" />
import { fetchChinese } from "virtual:chinese";
import { create } from "zustand";

export type Language = "en" | "zh";

const key = "breakwater.language";

/** What the person chose, else what the browser asks for. */
function firstLanguage(): Language {
  const chosen = remembered();
  if (chosen === "en" || chosen === "zh") return chosen;
  return typeof navigator !== "undefined" && navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** Storage may be forbidden (a private window); the choice then lasts as long as the page. */
function remembered(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export const useLanguage = create<{ readonly language: Language }>(() => ({ language: firstLanguage() }));

export const currentLanguage = (): Language => useLanguage.getState().language;

/** The page is built with English alone; what another language needs is fetched before it is spoken. */
export const learn = async (language: Language): Promise<void> => (language === "zh" ? fetchChinese() : undefined);

export async function setLanguage(language: Language): Promise<void> {
  await learn(language);
  useLanguage.setState({ language });
  try {
    localStorage.setItem(key, language);
  } catch {
    // The choice is kept for this page only.
  }
}

export const switchLanguage = (): void => void setLanguage(currentLanguage() === "en" ? "zh" : "en");
