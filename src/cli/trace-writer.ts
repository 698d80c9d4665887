import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";

/** Lines are gathered into blocks of about this many characters: one system call for thousands of events. */
const blockLength = 1 << 18;

/** Hashes the trace, and writes the very bytes that it hashes where a file is wanted. */
export class TraceWriter {
  readonly #hash = createHash("sha256");
  readonly #file: number | null;
  #block = "";

  /** Throws what the file system throws when the file cannot be made. */
  constructor(path: string | null) {
    this.#file = path === null ? null : openSync(path, "w");
  }

  readonly line = (line: string): void => {
    this.#block += line + "\n";
    if (this.#block.length >= blockLength) this.#flush();
  };

  /** Ends the file and gives the SHA-256 of its bytes, in hexadecimal. */
  end(): string {
    this.#flush();
    if (this.#file !== null) closeSync(this.#file);
    return this.#hash.digest("hex");
  }

  #flush(): void {
    const bytes = Buffer.from(this.#block, "utf8");
    this.#block = "";
    this.#hash.update(bytes);
    let written = 0;
    while (this.#file !== null && written < bytes.length) written += writeSync(this.#file, bytes, written);
  }
}
