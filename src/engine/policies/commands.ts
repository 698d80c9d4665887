/** What becomes of an image's command when it is run: a server's never ends, and what ends does so after a while, with a code. */
export type CommandEnd =
  | { readonly ends: false }
  | {
      readonly ends: true;
      readonly runMs: number;
      readonly exitCode: number;
      /** It reads what somebody types, and without a terminal (`docker run` without -it) there is nobody. */
      readonly isInteractive: boolean;
    };

/** fork and exec of a program that ends at once ([M] f_docker_start). */
const atOnceMs = 1.3;
const interpreters: ReadonlySet<string> = new Set(
  "sh bash ash dash zsh python python2 python3 node irb jshell php lua R erl iex ghci".split(" "),
);
const endAtOnce: ReadonlySet<string> = new Set("true : echo printf ls pwd date env id whoami uname hostname".split(" "));

const serves: CommandEnd = { ends: false };
const endsAtOnce = (exitCode: number, isInteractive = false): CommandEnd => ({ ends: true, runMs: atOnceMs, exitCode, isInteractive });

/** Both as they stand in the Dockerfile, in exec form or in shell form; null where nothing is known of them. */
export function commandEnd(entrypoint: string | null, command: string | null): CommandEnd | null {
  const words = [...wordsOf(entrypoint ?? ""), ...wordsOf(command ?? "")];
  return words.length === 0 ? null : endOf(words);
}

/** `["a", "b c"]`, or `a b`. */
export function wordsOf(command: string): string[] {
  const text = command.trim();
  if (/^\[.*\]$/su.test(text)) return [...text.matchAll(/"((?:[^"\\]|\\.)*)"/gu)].map(([, word]) => word!);
  return text.split(/\s+/u).filter((word) => word !== "");
}

function endOf([first = "", ...rest]: readonly string[]): CommandEnd {
  const program = first.slice(first.lastIndexOf("/") + 1);
  if (interpreters.has(program)) return ofInterpreter(rest);
  if (program === "exec") return endOf(rest);
  if (program === "sleep") return ofSleep(rest[0] ?? "");
  if (program === "exit") return endsAtOnce(Number(rest[0] ?? 0) & 255);
  if (program === "false") return endsAtOnce(1);
  return endAtOnce.has(program) ? endsAtOnce(0) : serves;
}

function ofInterpreter(rest: readonly string[]): CommandEnd {
  const script = rest.indexOf("-c");
  if (script >= 0) return endOf(wordsOf((rest[script + 1] ?? "").replace(/^["']|["']$/gu, "")));
  // Options alone (`bash -l`) leave it waiting for input.
  return rest.every((word) => word.startsWith("-")) ? endsAtOnce(0, true) : serves;
}

const unitS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function ofSleep(length: string): CommandEnd {
  const found = /^(\d+(?:\.\d+)?)([smhd]?)$/u.exec(length);
  if (found === null) return serves;
  return { ends: true, runMs: Number(found[1]) * 1000 * (unitS[found[2]!] ?? 1), exitCode: 0, isInteractive: false };
}
