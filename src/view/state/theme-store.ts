import { create } from "zustand";

export type Theme = "light" | "dark";

const key = "breakwater.theme";
const system = typeof matchMedia === "undefined" ? null : matchMedia("(prefers-color-scheme: dark)");

const systemTheme = (): Theme => (system?.matches === true ? "dark" : "light");

function chosenTheme(): Theme | null {
  try {
    const chosen = localStorage.getItem(key);
    return chosen === "light" || chosen === "dark" ? chosen : null;
  } catch {
    return null;
  }
}

/** The theme that is drawn now: the system's until the person chooses. */
export const useTheme = create<{ readonly theme: Theme }>(() => ({ theme: chosenTheme() ?? systemTheme() }));

export function setTheme(theme: Theme): void {
  useTheme.setState({ theme });
  try {
    localStorage.setItem(key, theme);
  } catch {
    // The choice is kept for this page only.
  }
}

export const switchTheme = (): void => setTheme(useTheme.getState().theme === "light" ? "dark" : "light");

/** Keeps `data-theme` on the page as the store says, and the store as the system says. */
export function followTheme(): void {
  const draw = ({ theme }: { readonly theme: Theme }) => void (document.documentElement.dataset.theme = theme);
  draw(useTheme.getState());
  useTheme.subscribe(draw);
  system?.addEventListener("change", () => {
    if (chosenTheme() === null) useTheme.setState({ theme: systemTheme() });
  });
}
