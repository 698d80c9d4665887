/**
 * What HAProxy's `balance uri` hashes of a URI ([S] backend.c, get_server_uh): up to the question mark unless it is `whole`, at most
 * `len` characters, and so many directories deep as `depth` says.
 */
export function uriPart(uri: string, words: string): string {
  const limit = (word: string): number => Number(new RegExp(`\\b${word} (\\d+)`, "u").exec(words)?.[1] ?? Infinity);
  const [isWhole, depth] = [/\bwhole\b/u.test(words), limit("depth")];
  const shortened = uri.slice(0, limit("len"));
  let slashes = 0;
  for (let at = 0; at < shortened.length; at++) {
    if (shortened[at] === "/" && ++slashes > depth) return shortened.slice(0, at);
    if (shortened[at] === "?" && !isWhole) return shortened.slice(0, at);
  }
  return shortened;
}
