import type { GivenImage } from "./images/given-images.ts";
import type { Image, Layer } from "./images/image.ts";
import { makeTable } from "./kernel/table.ts";

/** A pull under way: what was asked for, what the registry has found, and the layers that the machine lacks. */
export interface Errand {
  readonly wanted: GivenImage;
  readonly image: Image | null;
  readonly layers: readonly Layer[];
}

/** A base image is known by its name alone. */
export const baseWanted = (name: string): GivenImage => ({ name, layers: 0, megabytes: 0 });

/** A row for each image that a machine has ever asked for. */
export const makePulls = () =>
  makeTable({
    state: "i32",
    machine: "i32",
    /** Index into the names. */
    image: "i32",
    layers: "i32",
    asked: "i32",
    /** Layers that the registry has begun to send. */
    sent: "i32",
    done: "i32",
    generation: "i32",
    link: "i32",
    /** Who asked first: progress is told of it (row + 1). */
    whose: "i32",
    /** When it is given up if nothing comes; 0: something is coming. */
    dueUs: "f64",
  });
