import { put } from "../base/put.ts";
import type { Run } from "./run.ts";
import type { World } from "./world.ts";

/**
 * What a kind needs of its things' settings for every request, worked out once: settings are replaced by an edit (or by
 * going back to before it), with the whole world, and only then are they worked out anew. Things that are set alike share
 * one: what hundreds of them need for their requests then stays in the cache.
 */
export class Derived<Settings extends object, Config> {
  private readonly run: Run;
  private readonly derive: (settings: Settings) => Config;
  private configs: (Config | undefined)[] = [];
  private readonly known = new Map<string, Config>();
  private world: World;

  constructor(run: Run, derive: (settings: Settings) => Config) {
    this.run = run;
    this.derive = derive;
    this.world = run.world;
  }

  of(row: number): Config {
    return (this.world === this.run.world ? this.configs[row] : undefined) ?? this.learn(row);
  }

  /** For all things of one kind at once: a request's path that asks for one of them is not to hold how it is worked out. */
  private learn(row: number): Config {
    const { world } = this.run;
    if (this.world !== world) this.begin(world);
    const { kind } = this.run.node(row);
    for (const other of world.order) {
      const node = world.nodes[other]!;
      if (node.kind === kind) put(this.configs, other, this.shared(this.derive(node.settings as unknown as Settings)));
    }
    return this.configs[row]!;
  }

  private shared(config: Config): Config {
    const key = JSON.stringify(config);
    const known = this.known.get(key) ?? config;
    this.known.set(key, known);
    return known;
  }

  private begin(world: World): void {
    this.world = world;
    this.configs = [];
    this.known.clear();
  }
}
