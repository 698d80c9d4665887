import { presence } from "../../engine/entities.ts";
import type { Behaviour } from "../../engine/kind.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";
import { Standing } from "../../engine/standing.ts";
import type { LinkConfig } from "../../engine/world.ts";
import type { settings } from "./declaration.ts";
import { Uplink } from "./uplink.ts";

type RegistrySettings = (typeof settings)["defaults"];

/** Hands out manifests and layers; its bandwidth is shared by all who pull, one layer after another. */
export function behaviour(run: Run): Behaviour {
  const { entities, kernel, pulls, pushes } = run;
  const settingsOf = (row: number) => run.node(row).settings as unknown as RegistrySettings;
  const standing = new Standing(run, { opened: () => {}, gone: (row) => gone(row) });

  // At b Mbit/s a byte takes 8/b µs.
  const sendUs = (row: number, bytes: number) => Math.ceil((bytes * 8) / settingsOf(row).bandwidthMbitPerSecond);
  const uplink = new Uplink(run, sendUs);

  const gone = (row: number) => {
    uplink.clear(row);
    pushes.cutShort(row);
    pulls.cutShort(row, entities.effective[row] === presence.silent);
  };

  /** Whether a question reaches an open registry; one that is down refuses. */
  const asked = (row: number, pull: number, generation: number, answer: number): LinkConfig | null => {
    const asking = pulls.asking(pull, generation);
    const here = entities.effective[row]!;
    if (asking === null || here === presence.silent) return null;
    if (here !== presence.open) {
      pulls.answer(pull, asking, kernel.nowUs, answer, false);
      return null;
    }
    run.touch(row);
    pulls.isComing(pull);
    return asking;
  };

  run.receive(code.manifest, (row, pull, generation) => {
    const link = asked(row, pull, generation, code.manifestAnswer);
    if (link !== null) pulls.answer(pull, link, kernel.nowUs, code.manifestAnswer, pulls.finds(row, pull));
  });
  run.receive(code.layer, (row, pull, generation) => {
    if (asked(row, pull, generation, code.layerAnswer) !== null) uplink.ask(row, pull, generation);
  });

  run.receive(code.push, (row, push, generation) => {
    const asking = pushes.asking(row, push, generation);
    const here = entities.effective[row]!;
    if (asking === null || here === presence.silent) return;
    if (here !== presence.open) return pushes.refuse(push, asking.link);
    const bytes = asking.plan.uploads.reduce((sum, blob) => sum + blob.bytes, 0);
    run.images.received(row, asking.plan);
    pushes.take(push, asking.link, Math.max(sendUs(row, bytes), run.wires.takesUs(asking.link.from, bytes)));
  });

  return {
    create: (row, warm) => standing.create(row, warm),
    configure: (row) => run.touch(row),
    remove: (row) => standing.remove(row),
    act: (row, act) => standing.act(row, act) ?? false,
    placeUp: (row) => void standing.send(row, "PLACE_UP"),
    placeDown: (row) => void standing.send(row, "PLACE_DOWN"),
    pullBroken: (row, pull) => uplink.forget(row, pull),
    status: (row) => ({
      ...standing.status(row),
      facts: run.images.trafficFacts(row),
      parts: run.images.partsIn(row),
    }),
    chart: (row) => standing.life.machine.describe(entities.state[row]!),
  };
}
