import { describe, expect, it } from "vitest";
import { clockText, countText, durationText, latencyText, rateText, sinceText, speedText } from "./format.ts";

describe("figures are written", () => {
  it.each([
    [clockText, 24_318_000, "24.318 s"],
    [durationText, 500, "500 µs"],
    [durationText, 1_500, "1.5 ms"],
    [durationText, 17_237, "17.2 ms"],
    [durationText, 350_000, "350 ms"],
    [durationText, 2_400_000, "2.40 s"],
    [durationText, 200_000_000, "3 min 20 s"],
    [durationText, 300_000_000, "5 min"],
    [sinceText, 38_000, "38 ms"],
    [sinceText, 2_412_000, "2.4 s"],
    [sinceText, 264_040_000, "4 min 24 s"],
    [speedText, 1, "1 s"],
    [speedText, 0.25, "250 ms"],
    [speedText, 0.000625, "625 µs"],
    [speedText, 1000, "1000 s"],
    [rateText, 39.28, "39.3/s"],
    [rateText, 1234.5, "1235/s"],
    [countText, 1_234_567, "1\u2009234\u2009567"],
    [latencyText, null, "–"],
  ] as const)("%o of %s is %s", (write, value, text) => expect((write as (value: number | null) => string)(value)).toBe(text));
});
