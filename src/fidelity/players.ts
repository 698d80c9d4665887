import { playEach } from "./by-request/each-request.ts";
import { playAgentSteps, playAgentWords } from "./checks/agent.ts";
import { playFlapping } from "./checks/flapping.ts";
import { playVarnishProbe } from "./checks/varnish.ts";
import { playFirstSpread } from "./checks/first-spread.ts";
import { playSlowStart } from "./checks/slow-start.ts";
import { playDeadStart } from "./checks/startup.ts";
import { playCheckTiming } from "./checks/timing.ts";
import { playBlackHole } from "./load/black-hole.ts";
import { playSentinel } from "./failover/play-sentinel.ts";
import { playHealthcheck } from "./containers/healthchecks.ts";
import { playLayerSharing } from "./containers/layer-sharing.ts";
import { playRestart } from "./containers/restarts.ts";
import { playStart } from "./containers/starts.ts";
import { playStop } from "./containers/stops.ts";
import { playCookie } from "./load/cookie.ts";
import { playDeadEndpoint } from "./load/dead-endpoint.ts";
import { playLosses, playRequests } from "./load/haproxy-load.ts";
import { playNginxLosses } from "./load/nginx-load.ts";
import type { Player } from "./outcome.ts";
import { playErrorLog } from "./passive/error-log.ts";
import { playHashedPassive } from "./passive/hashed.ts";
import { playPassive } from "./passive/nginx.ts";
import { playChecks, playLongPoll, playReregistration, playTtl, playViews } from "./registry/consul.ts";
import { playDeregistered } from "./registry/deregistered.ts";
import { playEtcd, playZooKeeper } from "./registry/leases.ts";
import { playAgentLost, playLeave } from "./registry/serf.ts";
import { playIntermittent, playOneFailure } from "./passive/one-by-one.ts";
import { playApache, playCaddy } from "./passive/others.ts";
import { playWorkers } from "./passive/workers.ts";
import { playBackup } from "./picks/backup.ts";
import { playKeptAlive } from "./picks/kept-alive.ts";
import { playKeys } from "./picks/keys.ts";
import { playSequence } from "./picks/sequence.ts";
import { playShares } from "./picks/shares.ts";
import { playArrivals, playHeld } from "./picks/under-way.ts";
import { playQueue } from "./queue/max-connections.ts";

/** Whoever plays a case: the first that recognises it. */
export const players: readonly Player[] = [
  playEach,
  playSequence,
  playKeys,
  playArrivals,
  playHeld,
  playKeptAlive,
  playShares,
  playBackup,
  playCheckTiming,
  playDeadStart,
  playFirstSpread,
  playVarnishProbe,
  playAgentWords,
  playAgentSteps,
  playFlapping,
  playSlowStart,
  playDeadEndpoint,
  playRequests,
  playCookie,
  playQueue,
  playLosses,
  playNginxLosses,
  playBlackHole,
  playPassive,
  playHealthcheck,
  playStop,
  playStart,
  playRestart,
  playLayerSharing,
  playTtl,
  playChecks,
  playViews,
  playReregistration,
  playDeregistered,
  playLongPoll,
  playAgentLost,
  playLeave,
  playSentinel,
  playEtcd,
  playZooKeeper,
  playHashedPassive,
  playErrorLog,
  playOneFailure,
  playIntermittent,
  playWorkers,
  playApache,
  playCaddy,
];
