/** Roughly how wide a name is in semibold 13 px type. */
export function nameWidth(text: string): number {
  let width = 0;
  for (const sign of text) width += sign > "⺀" ? 13.2 : /[mwMW@—]/u.test(sign) ? 11 : /[iljtf.,:;'|1\-()]/u.test(sign) ? 5.4 : 7.6;
  return width;
}

/** How wide the widest of its words is; a line may break after a hyphen, and after any CJK sign. */
export function longestWord(name: string): number {
  return Math.max(0, ...name.split(/(?<=[-_\s⺀-鿿豈-﫿])/u).map((word) => nameWidth(word.trim())));
}

/** A name that fits its room, or one with an ellipsis in the middle that keeps its number (商品推荐…-2). */
export function fitName(name: string, room: number): string {
  if (nameWidth(name) <= room) return name;
  const signs = [...name];
  const tail = /[-_ .]?\d{1,5}$/u.exec(name)?.[0] ?? signs.slice(-3).join("");
  const head = signs.slice(0, signs.length - [...tail].length);
  while (head.length > 1 && nameWidth(`${head.join("")}…${tail}`) > room) head.pop();
  return `${head.join("")}…${tail}`;
}
