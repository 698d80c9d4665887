import { Chronicle } from "./chronicle.ts";
import type { Branch } from "./protocol.ts";
import { upTo, type Recipe } from "./recipe.ts";

/** A run and how far anybody has been in it. The recipe is enough to have it again, exactly. */
export interface Line {
  readonly id: number;
  readonly recipe: Recipe;
  readonly chronicle: Chronicle;
}

interface Left {
  readonly line: Line;
  readonly leftAtUs: number;
  readonly leftBy: Branch["leftBy"];
}

/** The line that is displayed, and those left behind (TIME.md 10): what a person made is never lost. */
export class Lines {
  private lastId = 0;
  private left: readonly Left[] = [];
  current: Line;

  constructor(recipe: Recipe) {
    this.current = this.fresh(recipe);
  }

  get branches(): Branch[] {
    return this.left.map(({ line, leftAtUs, leftBy }) => ({
      id: line.id,
      leftAtUs,
      reachedUs: line.chronicle.reachedUs,
      leftBy,
      seed: line.recipe.seed,
      acts: line.recipe.inputs.filter((input) => "act" in input).length,
    }));
  }

  /** The recipe of the current line has grown. */
  grow(recipe: Recipe): void {
    this.current = { ...this.current, recipe };
  }

  /** Leaves the current line for one that shares its past until `nowUs` and nothing after. */
  fork(nowUs: number, leftBy: Branch["leftBy"], leftAtUs = nowUs): void {
    const { recipe, chronicle } = this.current;
    this.leave(leftAtUs, leftBy);
    this.current = { id: ++this.lastId, recipe: upTo(recipe, nowUs), chronicle: chronicle.upTo(nowUs) };
  }

  /** Leaves it for another that is known. */
  go(line: Omit<Line, "id">, leftAtUs: number, leftBy: Branch["leftBy"]): void {
    this.leave(leftAtUs, leftBy);
    this.current = { ...line, id: ++this.lastId };
  }

  /** Leaves it for one that begins anew. */
  restart(recipe: Recipe, leftAtUs: number): void {
    this.leave(leftAtUs, "reset");
    this.current = this.fresh(recipe);
  }

  /** Goes back to a branch; null if there is none of that id. */
  take(id: number, nowUs: number): { readonly leftAtUs: number } | null {
    const found = this.left.find(({ line }) => line.id === id);
    if (found === undefined) return null;
    this.left = this.left.filter((other) => other !== found);
    this.leave(nowUs, "branch");
    this.current = found.line;
    return found;
  }

  /** A run in which nothing has happened yet is nothing to go back to. */
  private leave(leftAtUs: number, leftBy: Branch["leftBy"]): void {
    if (this.current.chronicle.reachedUs === 0) return;
    this.left = [...this.left, { line: this.current, leftAtUs, leftBy }];
  }

  private fresh(recipe: Recipe): Line {
    return { id: ++this.lastId, recipe, chronicle: new Chronicle() };
  }
}
