import type { Run } from "./run.ts";

/**
 * What a kind needs of its things' settings for every request, worked out once: settings are replaced whole by an
 * edit (or by going back to before it), and only then is it worked out anew.
 */
export class Derived<Settings extends object, Config> {
  private readonly run: Run;
  private readonly derive: (settings: Settings) => Config;
  private readonly known: ({ readonly settings: object; readonly config: Config } | undefined)[] = [];

  constructor(run: Run, derive: (settings: Settings) => Config) {
    this.run = run;
    this.derive = derive;
  }

  of(row: number): Config {
    const { settings } = this.run.node(row);
    const known = this.known[row];
    return known?.settings === settings ? known.config : this.learn(row, settings);
  }

  private learn(row: number, settings: object): Config {
    const config = this.derive(settings as Settings);
    this.known[row] = { settings, config };
    return config;
  }
}
