import type { Counters } from "../engine/status.ts";
import type { Caption, TimelineBucket } from "./protocol.ts";

interface Sample {
  readonly atUs: number;
  readonly served: number;
  readonly lost: number;
}

const sampleEveryUs = 50_000;
const samplesMax = 20_000;

/** What the scrubber shows of a run as far as anybody has been, whatever time is displayed now. */
export class Chronicle {
  private samples: Sample[] = [{ atUs: 0, served: 0, lost: 0 }];
  private told: Caption[] = [];
  private everyUs = sampleEveryUs;
  reachedUs = 0;

  /** Notes how far the run is. What was noted before is not noted again: it would be the same. */
  note(nowUs: number, counters: () => Counters): void {
    this.reachedUs = Math.max(this.reachedUs, nowUs);
    if (nowUs < this.samples.at(-1)!.atUs + this.everyUs) return;
    const { served, failed, timedOut } = counters();
    this.samples.push({ atUs: nowUs, served, lost: failed + timedOut });
    if (this.samples.length > samplesMax) this.coarsen();
  }

  tell(captions: readonly Caption[]): void {
    for (const caption of captions) {
      const known = this.told.findLastIndex(({ row }) => row <= caption.row);
      if (known >= 0 && this.told[known]!.row === caption.row) this.told[known] = caption;
      else this.told.splice(known + 1, 0, caption);
    }
  }

  /** Captions that began in [fromUs, toUs]. */
  captions(fromUs: number, toUs: number): readonly Caption[] {
    return this.told.filter(({ atUs }) => atUs >= fromUs && atUs <= toUs);
  }

  /** The last caption before a time, and null if there is none. */
  captionBefore(atUs: number): Caption | null {
    return this.told.findLast((caption) => caption.atUs < atUs) ?? null;
  }

  buckets(fromUs: number, toUs: number, count: number): TimelineBucket[] {
    const width = (toUs - fromUs) / count;
    return Array.from({ length: count }, (_, index) => {
      const start = this.at(fromUs + width * index);
      const end = this.at(fromUs + width * (index + 1));
      return { fromUs: Math.round(fromUs + width * index), served: end.served - start.served, lost: end.lost - start.lost };
    });
  }

  /** As much of it as was written until a time: the past that a new branch shares. */
  upTo(atUs: number): Chronicle {
    const past = new Chronicle();
    past.samples = this.samples.filter((sample) => sample.atUs <= atUs);
    past.told = this.told.filter((caption) => caption.atUs <= atUs);
    past.everyUs = this.everyUs;
    past.reachedUs = Math.min(this.reachedUs, atUs);
    return past;
  }

  /** Served and lost until a time; between two samples, in proportion. */
  private at(atUs: number): Sample {
    const { samples } = this;
    let low = 0;
    let high = samples.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (samples[middle]!.atUs <= atUs) low = middle + 1;
      else high = middle;
    }
    const before = samples[low - 1] ?? samples[0]!;
    const after = samples[low];
    if (after === undefined) return before;
    const part = Math.max(0, (atUs - before.atUs) / (after.atUs - before.atUs));
    return { atUs, served: before.served + part * (after.served - before.served), lost: before.lost + part * (after.lost - before.lost) };
  }

  private coarsen(): void {
    this.samples = this.samples.filter((_, index) => index % 2 === 0);
    this.everyUs *= 2;
  }
}
