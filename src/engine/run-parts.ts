import { Memories, type MemoryUse } from "./memories.ts";
import { Processors } from "./processors.ts";
import type { Run } from "./run.ts";
import { Serving } from "./serving.ts";

/*
 * Parts of a run that get no more of it than they use. What they get is written out name by name: an object that something
 * is spread into has another shape in each run, for which V8 compiles the hot path anew (measured: a tenth of the speed, and
 * the first seconds of every run but the first).
 */

export function makeProcessors(run: Run): Processors {
  const { kernel, entities, tasks } = run;
  return new Processors({
    kernel,
    entities,
    tasks,
    computed: (task) => run.serving.computed(task),
    noteFull: (machine, isFull, threads) =>
      run.note(isFull ? "cores-full" : "cores-free", machine, -1, run.processors.coresOf(machine), threads),
    touch: (row) => run.touch(row),
  });
}

const noMemory: MemoryUse = { usesMb: 0, requestMb: 0, leakMb: 0 };

export function makeMemories(run: Run): Memories {
  return new Memories({
    kernel: run.kernel,
    entities: run.entities,
    useOf: (row) => ({ ...noMemory, ...(run.node(row).settings as Partial<MemoryUse>) }),
    isOver: (row) => run.of(row).isOverMemory?.(row) ?? false,
    grew: (row) => run.of(row).grew?.(row),
  });
}

/** `luckOf`: the key of what is drawn for a client's requests. */
export function makeServing(run: Run, luckOf: (client: number) => number): Serving {
  const { kernel, entities, journal, network, tasks, metrics, feed, processors, memories, environments } = run;
  const idOf = (row: number) => run.world.nodeIds[row]!;
  return new Serving({ kernel, entities, journal, network, tasks, metrics, feed, processors, memories, environments, luckOf, idOf });
}
