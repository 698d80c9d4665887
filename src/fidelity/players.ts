import { playFlapping } from "./checks/flapping.ts";
import { playCheckTiming } from "./checks/timing.ts";
import { playBlackHole } from "./load/black-hole.ts";
import { playNginxLosses } from "./load/nginx-load.ts";
import { playLosses, playRequests } from "./load/haproxy-load.ts";
import { playHealthcheck } from "./containers/healthchecks.ts";
import { playLayerSharing } from "./containers/layer-sharing.ts";
import { playRestart } from "./containers/restarts.ts";
import { playStart } from "./containers/starts.ts";
import { playStop } from "./containers/stops.ts";
import type { Player } from "./outcome.ts";
import { playDeadEndpoint } from "./load/dead-endpoint.ts";
import { playPassive } from "./passive/nginx.ts";
import { playChecks, playLongPoll, playReregistration, playTtl, playViews } from "./registry/consul.ts";
import { playEtcd, playZooKeeper } from "./registry/leases.ts";
import { playAgentLost } from "./registry/serf.ts";
import { playKeys } from "./picks/keys.ts";
import { playSequence } from "./picks/sequence.ts";
import { playShares } from "./picks/shares.ts";
import { playArrivals, playHeld } from "./picks/under-way.ts";

/** Whoever plays a case: the first that recognises it. */
export const players: readonly Player[] = [
  playSequence,
  playKeys,
  playArrivals,
  playHeld,
  playShares,
  playCheckTiming,
  playRequests,
  playLosses,
  playNginxLosses,
  playBlackHole,
  playPassive,
  playDeadEndpoint,
  playFlapping,
  playHealthcheck,
  playStop,
  playStart,
  playRestart,
  playLayerSharing,
  playTtl,
  playChecks,
  playViews,
  playReregistration,
  playLongPoll,
  playAgentLost,
  playEtcd,
  playZooKeeper,
];
