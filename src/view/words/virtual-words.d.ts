/** Made by `tooling/words-apart.mjs`. */
declare module "virtual:chinese" {
  /** Fetches what the page lacks to speak Chinese. */
  export function fetchChinese(): Promise<void>;
}

/** Made by `tooling/words-apart.mjs`. */
declare module "virtual:setting-words" {
  /** The English words of a kind's settings; undefined where they stand with the kind's other words. */
  export function settingsOf(kind: string): import("../kit/kind-words.ts").KindWords["settings"] | undefined;
}
