import { lazy, type ComponentType } from "react";
import { create } from "zustand";

/** Whether a part of the page could not be fetched: it stays said until the page is reloaded. */
export const useUnfetched = create(() => ({ unfetched: false }));

/** Fetches a part of the page. That it cannot be had is told to the person here, once for all who asked. */
export async function fetchPart<Part>(fetch: () => Promise<Part>): Promise<Part> {
  try {
    return await fetch();
  } catch (error) {
    useUnfetched.setState({ unfetched: true });
    throw error;
  }
}

/** A part of the page that is fetched once the first card has been painted, because nobody needs it before. */
export interface Later<Part> {
  /** Does something with it: at once if it is here, else as soon as it is, in the order in which it was asked for. */
  (act: (part: Part) => void): void;
  fetch(): Promise<Part>;
}

export function later<Part>(fetch: () => Promise<Part>): Later<Part> {
  let here: Part | null = null;
  let coming: Promise<Part> | null = null;
  const get = async (): Promise<Part> => {
    const asked = fetchPart(fetch);
    // Asked again after a failure, it is fetched again.
    asked.catch(() => (coming = null));
    return (here = await asked);
  };
  const once = (): Promise<Part> => (coming ??= get());
  const use = (act: (part: Part) => void): void => {
    if (here !== null) act(here);
    else void once().then(act, () => undefined);
  };
  return Object.assign(use, { fetch: once });
}

/** The same for what is drawn: it stays away where it cannot be had. */
export function laterView<Props extends object>(fetch: () => Promise<ComponentType<Props>>) {
  const view = lazy(async () => ({ default: await fetchPart(fetch).catch((): ComponentType<Props> => Absent) }));
  return Object.assign(view, { fetchAhead: (): void => void fetchPart(fetch).catch(() => undefined) });
}

const Absent = () => null;
