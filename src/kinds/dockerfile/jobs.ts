import type { Build } from "../../engine/images/build.ts";
import type { Image } from "../../engine/images/image.ts";
import type { Checkpointed } from "../../engine/kernel/table.ts";

/** One Dockerfile's doings on its machine. A job is never changed, only replaced, so a checkpoint copies none. */
export interface Job {
  /** How often the code and the list of dependencies have been changed. */
  readonly edits: { readonly code: number; readonly dependencies: number };
  /** How often it has been built: another execution of a RUN writes other bytes. */
  readonly builds: number;
  /** The base images that are still being fetched. */
  readonly awaited: readonly string[];
  readonly build: Build | null;
  readonly step: number;
  readonly image: Image | null;
  /** The line of the Dockerfile at which the last build ended badly; 0: it did not. */
  readonly failedLine: number;
}

const noJob: Job = { edits: { code: 0, dependencies: 0 }, builds: 0, awaited: [], build: null, step: 0, image: null, failedLine: 0 };

export class Jobs implements Checkpointed {
  private jobs: (Job | undefined)[] = [];

  of(row: number): Job {
    return this.jobs[row] ?? noJob;
  }

  change(row: number, change: Partial<Job>): void {
    this.jobs[row] = { ...this.of(row), ...change };
  }

  save(): unknown {
    return this.jobs.slice();
  }

  load(saved: unknown): void {
    this.jobs = (saved as (Job | undefined)[]).slice();
  }
}
