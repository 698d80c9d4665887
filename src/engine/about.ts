import type { SettingValues } from "../document/topology.ts";
import { consumersOf, type Consumer } from "./consumers.ts";
import { stacksAt, type ImageStack } from "./images/image-stack.ts";
import type { Run } from "./run.ts";
import { processList } from "./process-list.ts";
import type { ChartDescription, ListedProcess } from "./status.ts";

/** What is told of a thing only when somebody asks. */
export interface About {
  /** The charts of what runs beside its life. */
  readonly furtherCharts: readonly ChartDescription[];
  /** Settings that its record leaves open and that come from what it is made of. */
  readonly given: SettingValues;
  /** A machine's process list; null for anything else. */
  readonly processes: readonly ListedProcess[] | null;
  /** The images on its disk, or on that of the machine that it stands in, with all their layers. */
  stacks(): readonly ImageStack[];
  /** Who reads it, if it is a registry. */
  consumers(): readonly Consumer[];
}

export function about(run: Run, row: number): About {
  const behaviour = run.of(row);
  return {
    furtherCharts: behaviour.furtherCharts?.(row) ?? [],
    given: behaviour.given?.(row) ?? {},
    processes: processList(run, row),
    stacks: () => stacksAt(run, row),
    consumers: () => consumersOf(run, row),
  };
}
