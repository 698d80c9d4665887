import { presence } from "../../engine/entities.ts";
import type { Behaviour } from "../../engine/kind.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";
import { Standing } from "../../engine/standing.ts";
import type { settings } from "./declaration.ts";

type RegistrySettings = (typeof settings)["defaults"];

/** Hands out manifests and layers; its bandwidth is shared by all who pull, one layer after another. */
export function behaviour(run: Run): Behaviour {
  const { entities, kernel, pulls } = run;
  const settingsOf = (row: number) => run.node(row).settings as unknown as RegistrySettings;
  const standing = new Standing(run, { opened: () => {}, gone: (row) => gone(row) });

  const gone = (row: number) => {
    entities.busyUntilUs[row] = 0;
    pulls.cutShort(row, entities.effective[row] === presence.silent);
  };

  const asked = (row: number, pull: number, generation: number, answer: number, sendUs: (layerKb: number) => number) => {
    const asking = pulls.asking(pull, generation);
    const here = entities.effective[row]!;
    if (asking === null || here === presence.silent) return;
    if (here !== presence.open) return pulls.answer(pull, asking.link, kernel.nowUs, answer, false);
    const bytesUs = sendUs(asking.layerKb);
    if (bytesUs > 0) entities.busyUntilUs[row] = Math.max(kernel.nowUs, entities.busyUntilUs[row]!) + bytesUs;
    entities.served[row]!++;
    run.touch(row);
    pulls.answer(pull, asking.link, bytesUs > 0 ? entities.busyUntilUs[row]! : kernel.nowUs, answer, true);
  };

  run.receive(code.manifest, (row, pull, generation) => asked(row, pull, generation, code.manifestAnswer, () => 0));
  run.receive(code.layer, (row, pull, generation) => {
    // 1 kB = 8 kbit; at b Mbit/s that takes 8000/b µs.
    asked(row, pull, generation, code.layerAnswer, (layerKb) => Math.ceil((layerKb * 8000) / settingsOf(row).bandwidthMbitPerSecond));
  });

  return {
    create: (row, warm) => standing.create(row, warm),
    configure: (row) => run.touch(row),
    remove: (row) => standing.remove(row),
    act: (row, act) => standing.act(row, act) ?? false,
    placeUp: (row) => void standing.send(row, "PLACE_UP"),
    placeDown: (row) => void standing.send(row, "PLACE_DOWN"),
    status: (row) => ({
      ...standing.status(row),
      facts: [{ key: "blobs-served", value: entities.served[row]!, unit: "count" }],
      parts: [],
    }),
    chart: (row) => standing.life.machine.describe(entities.state[row]!),
  };
}
