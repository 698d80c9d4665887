import { clip, type Path, type Values } from "./admit-error.ts";
import { limits } from "./limits.ts";

/** Something wrong with a text, and where in it (a UTF-16 offset). */
export interface TextFault {
  readonly code: string;
  readonly path: Path;
  readonly offset: number;
  readonly values?: Values;
}

/** Called at the beginning of every value; `path` is only lent. */
type Visit = (path: Path, offset: number) => void;
type Expect = "value" | "first value" | "key" | "first key" | "after";
interface Level {
  /** The keys so far, or null in a list. */
  readonly keys: Set<string> | null;
}

export const forbiddenKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Reads a JSON text without building anything and without recursion, so that depth and size can be limited before
 * the parser sees it. It finds what `JSON.parse` would pass over in silence, too: keys given twice and keys that mean
 * something else to JavaScript. RFC 8259 is its grammar; a test holds it against `JSON.parse`.
 */
export function scanJson(text: string, visit: Visit = () => {}): TextFault[] {
  const scanner = new Scanner(text, visit);
  scanner.run();
  return scanner.faults;
}

class Scanner {
  readonly faults: TextFault[] = [];
  private readonly text: string;
  private readonly visit: Visit;
  private readonly levels: Level[] = [];
  private readonly path: (string | number)[] = [];
  private at = 0;
  private values = 0;
  private stopped = false;

  constructor(text: string, visit: Visit) {
    this.text = text;
    this.visit = visit;
  }

  run(): void {
    let expect: Expect = "value";
    for (;;) {
      this.skipSpace();
      if (expect === "after" && this.levels.length === 0) break;
      expect = this.step(expect);
      if (this.stopped) return;
    }
    if (this.at < this.text.length) this.unexpected();
  }

  private step(expect: Expect): Expect {
    const next = this.text[this.at];
    if (expect === "after") return this.after(next);
    if (expect === "first value" && next === "]") return this.close();
    if (expect === "first key" && next === "}") return this.close();
    if (expect === "key" || expect === "first key") return this.key();
    return this.value(next);
  }

  private value(next: string | undefined): Expect {
    this.visit(this.path, this.at);
    if (++this.values > limits.textValues) return this.stop("too-many-values", { limit: limits.textValues });
    if (next === "{") return this.open(new Set());
    if (next === "[") return this.open(null);
    const ended = next === '"' ? this.endOfString() : this.endOfScalar();
    if (ended !== null) this.at = ended;
    return "after";
  }

  private open(keys: Set<string> | null): Expect {
    if (this.levels.length === limits.depth) return this.stop("too-deep", { limit: limits.depth });
    this.at++;
    this.levels.push({ keys });
    if (keys !== null) return "first key";
    this.path.push(0);
    return "first value";
  }

  private close(): Expect {
    this.at++;
    const level = this.levels.pop();
    // An object's path step is there from a key to the end of its value; a list's for as long as the list is open.
    if (level?.keys === null) this.path.pop();
    return "after";
  }

  private after(next: string | undefined): Expect {
    const list = this.levels[this.levels.length - 1]?.keys === null;
    if (!list) this.path.pop();
    if (next === ",") {
      this.at++;
      if (list) (this.path[this.path.length - 1] as number)++;
      return list ? "value" : "key";
    }
    return next === (list ? "]" : "}") ? this.close() : this.unexpected();
  }

  private key(): Expect {
    const from = this.at;
    const ended = this.text[from] === '"' ? this.endOfString() : null;
    if (ended === null) return this.stopped ? "value" : this.unexpected();
    this.note(JSON.parse(this.text.slice(from, ended)) as string, from);
    this.at = ended;
    this.skipSpace();
    if (this.text[this.at] !== ":") return this.unexpected();
    this.at++;
    return "value";
  }

  private note(key: string, offset: number): void {
    const { keys } = this.levels[this.levels.length - 1] as Level;
    this.path.push(key);
    if (forbiddenKeys.has(key)) this.add("forbidden-key", offset, { key });
    else if (keys?.has(key)) this.add("duplicate-key", offset, { key: clip(key) });
    keys?.add(key);
  }

  /** The offset after a string that begins here, or null (and stopped) if it never ends well. */
  private endOfString(): number | null {
    for (let at = this.at + 1; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === 0x22) return at + 1;
      if (code < 0x20) return this.unexpectedAt(at);
      if (code === 0x5c) {
        const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
        escape.lastIndex = at;
        if (!escape.test(this.text)) return this.unexpectedAt(at + 1);
        at = escape.lastIndex - 1;
      }
    }
    return this.unexpectedAt(this.text.length);
  }

  private endOfScalar(): number | null {
    const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;
    scalar.lastIndex = this.at;
    if (scalar.test(this.text)) return scalar.lastIndex;
    return this.unexpectedAt(this.at);
  }

  private skipSpace(): void {
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
  }

  private unexpectedAt(at: number): null {
    this.at = at;
    this.unexpected();
    return null;
  }

  private unexpected(): Expect {
    const found = this.text.codePointAt(this.at);
    return found === undefined ? this.stop("cut-short") : this.stop("syntax", { found: String.fromCodePoint(found) });
  }

  private stop(code: string, values?: Values): Expect {
    this.stopped = true;
    this.add(code, this.at, values);
    return "after";
  }

  private add(code: string, offset: number, values?: Values): void {
    if (this.faults.length >= limits.errors) this.stopped = true;
    else this.faults.push({ code, path: [...this.path], offset, ...(values && { values }) });
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
