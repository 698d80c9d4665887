/** Words in both languages; a key that one of them lacks, or has too many, doesn't compile. */
export function both<const English extends Readonly<Record<string, string>>>(
  en: English,
  zh: { readonly [Key in keyof English]: string },
): { readonly en: { readonly [Key in keyof English]: string }; readonly zh: { readonly [Key in keyof English]: string } } {
  return { en, zh };
}
