import { quantity } from "./settings.ts";

/** How much of a service's work needs a processor: shared by every kind that stands on a machine and works there itself. */
export const computing = {
  /** 0: all of it is waiting (for a disk, for somebody else), and cores limit nothing. */
  computingPercent: quantity("%", [0, 100], 0),
};

/** What a control group says of processors. */
export const processorShare = {
  cpuShares: quantity("count", [2, 262_144], 1024, { source: "docs.docker.com, Resource constraints: --cpu-shares" }),
  /** 0: no limit. */
  cpus: quantity("count", [0, 1024], 0, { integer: false, source: "docs.docker.com, Resource constraints: --cpus" }),
};
