import { noConfig } from "../../document/dockerfile/read-config.ts";
import { digestOf, imageOf, type Image, type Layer } from "./image.ts";

/** An image of which only the size is known: layers of one size each, shared with no other image. */
export interface GivenImage {
  readonly name: string;
  readonly layers: number;
  readonly megabytes: number;
}

function givenImage({ name, layers, megabytes }: GivenImage): Image {
  const bytes = (megabytes * 1e6) / layers;
  const made = Array.from({ length: layers }, (_, index): Layer => {
    const madeBy = `${name} ${index + 1}/${layers}`;
    return { digest: digestOf(`${madeBy} ${bytes}`), bytes, role: "code", madeBy };
  });
  return imageOf(made, noConfig);
}

/** Those images, each made once. */
export class GivenImages {
  private readonly made = new Map<string, Image>();

  of(wanted: GivenImage): Image {
    const key = `${wanted.name} ${wanted.layers} ${wanted.megabytes}`;
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const image = givenImage(wanted);
    this.made.set(key, image);
    return image;
  }
}
