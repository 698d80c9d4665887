import { expect, type Page } from "@playwright/test";
import { setSpeed } from "./gestures.ts";
import { act, choose, wireBetween, type Point } from "./hands.ts";

/** A patch of the canvas that is to be searched, in pixels of the window. */
interface Patch {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The middle of what is painted there in the colour of requests, or in another, as the person sees it: read from a picture of the
 * page, since what paints the dots stands in a worker. Null when there is none.
 */
export async function dotIn(page: Page, patch: Patch, colour: "--accent" | "--bad" = "--accent"): Promise<Point | null> {
  const picture = (await page.screenshot({ clip: patch, animations: "allow" })).toString("base64");
  return page.evaluate(middleOfColour, { picture, colour, ...patch });
}

async function middleOfColour({
  picture,
  colour,
  x,
  y,
}: Patch & { readonly picture: string; readonly colour: string }): Promise<Point | null> {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const context = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height }).getContext("2d")!;
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(colour).trim();
  context.fillRect(0, 0, 1, 1);
  const accent = context.getImageData(0, 0, 1, 1).data;
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const found = { count: 0, x: 0, y: 0 };
  for (let at = 0; at < data.length; at += 4) {
    if (Math.abs(data[at]! - accent[0]!) + Math.abs(data[at + 1]! - accent[1]!) + Math.abs(data[at + 2]! - accent[2]!) > 24) continue;
    found.count++;
    found.x += (at / 4) % image.width;
    found.y += Math.floor(at / 4 / image.width);
  }
  return found.count < 12 ? null : { x: x + found.x / found.count, y: y + found.y / found.count };
}

/** A request sent by hand, and a click within 24 px of its dot; gives where the dot was. So slow that it is still there when the hand is. */
export async function sendAndClickDot(page: Page): Promise<Point> {
  await setSpeed(page, 0.1);
  await choose(page, "caller");
  await act(page, "Send one request");
  const wire = await wireBetween(page, "caller", "store");
  await expect.poll(() => dotIn(page, wire), { message: "a dot on the wire" }).not.toBeNull();
  const dot = (await dotIn(page, wire))!;
  await page.mouse.click(dot.x + 12, dot.y - 8);
  return dot;
}
