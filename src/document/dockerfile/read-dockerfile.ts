import { Copy, DockerfileParser, From, type Dockerfile as Parsed, type Instruction as ParsedInstruction } from "dockerfile-ast";
import { additionOf, roleOf } from "./additions.ts";
import {
  keywords,
  type Dockerfile,
  type DockerfileError,
  type DockerfileErrorCode,
  type DockerfileReading,
  type Instruction,
  type Keyword,
  type Stage,
} from "./dockerfile.ts";
import { readConfig } from "./read-config.ts";

/** Reads a Dockerfile; every error says its line. `dockerfile-ast` splits the text, what it means is decided here. */
export function readDockerfile(text: string): DockerfileReading {
  const reader = new Reader(DockerfileParser.parse(text));
  const dockerfile = reader.read();
  return reader.errors.length > 0 ? { ok: false, errors: reader.errors } : { ok: true, dockerfile };
}

interface Draft {
  readonly line: number;
  readonly name: string | null;
  readonly base: Stage["base"];
  readonly instructions: Instruction[];
}

class Reader {
  readonly errors: DockerfileError[] = [];
  private readonly parsed: Parsed;
  private readonly stages: Draft[] = [];
  private readonly additions: ReadonlyMap<number, string>;

  constructor(parsed: Parsed) {
    this.parsed = parsed;
    this.additions = new Map(parsed.getComments().map((comment) => [comment.getRange().start.line, comment.getContent() ?? ""]));
  }

  read(): Dockerfile {
    const instructions = this.parsed.getInstructions();
    if (instructions.length === 0) this.wrongAt("dockerfile-empty", 1, {});
    for (const instruction of instructions) this.take(instruction);
    const last = this.stages.at(-1);
    if (last !== undefined) for (const { code, line, found } of readConfig(last.instructions).errors) this.wrongAt(code, line, { found });
    return { stages: this.stages };
  }

  private take(parsed: ParsedInstruction): void {
    const keyword = parsed.getKeyword() as Keyword;
    if (!keywords.includes(keyword)) return this.wrong("dockerfile-unknown-instruction", parsed, { found: parsed.getInstruction() });
    if (parsed instanceof From) return this.open(parsed);
    if ((parsed.getArgumentsContent() ?? "") === "") return this.wrong("dockerfile-no-argument", parsed, { found: keyword });
    const stage = this.stages.at(-1);
    // An ARG may stand before the first FROM, and nothing else may.
    if (stage !== undefined) stage.instructions.push(this.instruction(parsed, keyword));
    else if (keyword !== "ARG") this.wrong("dockerfile-no-from", parsed, { found: keyword });
  }

  private open(parsed: From): void {
    const image = this.substituted(parsed, parsed.getImage() ?? "");
    if (image === "") return this.wrong("dockerfile-no-image", parsed, {});
    const earlier = this.stages.findIndex(({ name }) => name === image.toLowerCase());
    const name = parsed.getBuildStage()?.toLowerCase() ?? null;
    const base = earlier >= 0 ? { stage: earlier } : { image };
    this.stages.push({ line: lineOf(parsed), name, base, instructions: [] });
  }

  private instruction(parsed: ParsedInstruction, keyword: Keyword): Instruction {
    // The parser leaves the flags out of its arguments; here they count as part of them.
    const argument = parsed
      .getTextContent()
      .slice(parsed.getInstruction().length)
      .replace(/\\\s*\n\s*/g, "")
      .trim();
    const flag = parsed instanceof Copy ? (parsed.getFromFlag()?.getValue() ?? null) : null;
    const told = this.additions.get(parsed.getRange().start.line - 1);
    const addition = additionOf(keyword, told);
    if (addition === "bad") this.wrong("dockerfile-bad-addition", parsed, { found: told ?? "" });
    return {
      line: lineOf(parsed),
      keyword,
      argument,
      from: flag === null ? null : this.copiedFrom(parsed, flag),
      adds: addition === "bad" ? null : addition,
      role: roleOf(keyword, argument),
    };
  }

  /** A stage can only take from those before it: a stage that waits for itself, or for a later one, is never built. */
  private copiedFrom(parsed: ParsedInstruction, flag: string): Instruction["from"] {
    const here = this.stages.length - 1;
    const named = /^\d+$/.test(flag) ? Number(flag) : this.stageNamed(flag.toLowerCase());
    if (named === null) return { image: flag };
    if (named >= here) this.wrong("dockerfile-stage-not-before", parsed, { found: flag });
    return { stage: named };
  }

  private stageNamed(name: string): number | null {
    const index = this.parsed.getFROMs().findIndex((from) => from.getBuildStage()?.toLowerCase() === name);
    return index < 0 ? null : index;
  }

  /** FROM knows the ARGs that stand before the first FROM, by their defaults. */
  private substituted(parsed: From, image: string): string {
    const known = new Map(
      this.parsed.getInitialARGs().map((arg) => [arg.getProperty()?.getName() ?? "", arg.getProperty()?.getValue() ?? null]),
    );
    return image.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced: string | undefined, bare: string | undefined) => {
      const value = known.get(braced ?? bare ?? "") ?? null;
      if (value === null) this.wrong("dockerfile-unset-argument", parsed, { found: braced ?? bare ?? "" });
      return value ?? "";
    });
  }

  private wrong(code: DockerfileErrorCode, parsed: ParsedInstruction, values: Readonly<Record<string, string>>): void {
    this.wrongAt(code, lineOf(parsed), values);
  }

  private wrongAt(code: DockerfileErrorCode, line: number, values: Readonly<Record<string, string>>): void {
    this.errors.push({ code, line, column: 1, values });
  }
}

const lineOf = (parsed: ParsedInstruction): number => parsed.getRange().start.line + 1;
