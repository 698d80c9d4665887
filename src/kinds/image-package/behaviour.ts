import { presence } from "../../engine/entities.ts";
import { baseImage } from "../../engine/images/base-images.ts";
import { imageFacts, placedPart } from "../../engine/images/image-status.ts";
import type { Image } from "../../engine/images/image.ts";
import type { Behaviour, OwnStatus } from "../../engine/kind.ts";
import type { Run } from "../../engine/run.ts";
import type { settings } from "./declaration.ts";

type ImageSettings = (typeof settings)["defaults"];

/** A package: it lies in registries and on machines' disks, and does nothing. What runs is a container of it. */
export function behaviour(run: Run): Behaviour {
  const { entities, images } = run;
  const nameOf = (row: number): string => (run.node(row).settings as unknown as ImageSettings).image;

  /** Registries that would take a new edition now. */
  const openRegistries = (): number[] =>
    run.world.order.filter((row) => run.node(row).kind.accepts.includes("pull") && entities.effective[row] === presence.open);

  const isPublic = (row: number): boolean => run.builderOf(nameOf(row)) < 0 && baseImage(nameOf(row)) !== null;

  /** Its makers publish it anew: other bytes, another digest, and the name stands for that one from now on. */
  const publish = (row: number): boolean => {
    const registries = openRegistries();
    if (!isPublic(row) || registries.length === 0) return false;
    const image = baseImage(nameOf(row), images.nextEdition(nameOf(row)))!;
    for (const registry of registries) {
      images.publish(registry, nameOf(row), image);
      run.touch(registry);
    }
    run.note("published", row, -1, registries.length);
    run.imagesMoved();
    return true;
  };

  /** Where its name stands for an image, and for which. */
  const places = (name: string): { readonly row: number; readonly image: Image }[] =>
    run.world.order.flatMap((row) => {
      const image = images.onMachine(row, name) ?? images.inRegistry(row, name);
      return image === null ? [] : [{ row, image }];
    });

  const newest = (name: string): Image | null => {
    const found = places(name);
    const published = found.find(({ row }) => run.node(row).kind.accepts.includes("pull"));
    return (published ?? found[0])?.image ?? (run.builderOf(name) < 0 ? baseImage(name) : null);
  };

  const instances = (name: string): number =>
    run.world.order.filter((row) => {
      const { kind, settings } = run.node(row);
      return kind.instanceOf !== undefined && (settings[kind.instanceOf] as string) === name;
    }).length;

  const status = (row: number): OwnStatus => {
    const name = nameOf(row);
    const image = newest(name);
    return {
      state: image === null && run.builderOf(name) >= 0 ? "unbuilt" : "package",
      tone: "idle",
      acts: isPublic(row) && openRegistries().length > 0 ? ["publish"] : [],
      facts: [...(image === null ? [] : imageFacts(image)), { key: "instances", value: instances(name), unit: "count" }],
      parts: places(name).map((place) => placedPart(run.node(place.row).id, place.image)),
    };
  };

  return {
    create(row) {
      entities.incarnation[row]!++;
    },
    configure: (row) => run.touch(row),
    remove: (row) => run.note("removed", row),
    act: (row, act) => act === "publish" && publish(row),
    status,
    chart: () => null,
  };
}
