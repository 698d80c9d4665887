import { priority } from "../../engine/kernel/kernel.ts";
import { code } from "../../engine/protocol.ts";
import { weightScale } from "../../engine/policies/target-columns.ts";
import type { Run } from "../../engine/run.ts";

/**
 * HAProxy's `slowstart` ([S] server.c, server_recalc_eweight): a server that has come up gets its weight in sixteen
 * steps, by the whole seconds since then.
 * @param slowStartUs of a balancer; 0: none
 * @returns what to call when a target has come up
 */
export function makeSlowStart(run: Run, slowStartUs: (row: number) => number): (row: number, target: number) => void {
  const { kernel, upstreams } = run;
  const second = (us: number) => Math.floor(us / 1e6);

  const step = (row: number, target: number) => {
    const { table } = upstreams;
    const lengthS = Math.ceil(slowStartUs(row) / 1e6);
    const elapsedS = second(kernel.nowUs) - second(table.warmSinceUs[target]!);
    if (table.fit[target] === 0 || table.removed[target] === 1 || elapsedS >= lengthS) return upstreams.lower(target, 0);
    upstreams.lower(target, weightScale - Math.floor((weightScale * elapsedS + lengthS) / lengthS));
    const waitUs = Math.max(1e6, Math.floor(slowStartUs(row) / 20));
    kernel.after(waitUs, priority.timer, code.warmUp, row, target, table.warmSerial[target]!);
  };

  run.receive(code.warmUp, (row, target, serial) => {
    // The balancer may have been taken out meanwhile.
    if (run.world.nodes[row] !== undefined && upstreams.table.warmSerial[target] === serial) step(row, target);
  });

  return (row, target) => {
    if (slowStartUs(row) === 0) return;
    upstreams.table.warmSinceUs[target] = kernel.nowUs;
    upstreams.table.warmSerial[target]!++;
    step(row, target);
  };
}
