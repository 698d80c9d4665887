/** Made by `tooling/words-apart.mjs`. */
declare module "virtual:chinese" {
  /** Fetches what the page lacks to speak Chinese. */
  export function fetchChinese(): Promise<void>;
}
