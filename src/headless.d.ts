/**
 * The headless rooms compile without Vite's types (they would bring the browser's with them), yet the kinds are found
 * by glob: this says the one thing that they need to know.
 */
interface ImportMeta {
  glob<T>(pattern: string, options: { eager: true; import: string }): Record<string, T>;
}
