import { expect, test } from "vitest";
import { Feed, hop } from "./feed.ts";
import { Kernel } from "./kernel/kernel.ts";

const [balancer, web, noLink, someLink] = [3, 7, -1, 0];

test("requests over a discovered route are counted for its ends, in about the last second; a link's are its own", () => {
  const kernel = new Kernel();
  const feed = new Feed(kernel);
  const send = (atUs: number, link: number, kind: number) => {
    kernel.nowUs = atUs;
    feed.hop(atUs, atUs + 500, balancer, web, link, kind, 0, 1);
  };
  send(0, noLink, hop["request"]!);
  send(400_000, noLink, hop["request"]!);
  send(500_000, noLink, hop["probe"]!);
  send(600_000, someLink, hop["request"]!);
  expect(feed.routeRates()).toEqual([[balancer, web, 2]]);
  send(1_200_000, noLink, hop["request"]!);
  expect(feed.routeRates()).toEqual([[balancer, web, 2]]);
  kernel.nowUs = 2_000_000;
  expect(feed.routeRates()).toEqual([[balancer, web, 1]]);
  kernel.nowUs = 9_000_000;
  expect(feed.routeRates()).toEqual([]);
});
