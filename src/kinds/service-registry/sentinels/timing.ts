/** sentinel.c of Redis 7.0: its periods, in µs. */
export const pingUs = 1_000_000;
export const askUs = 1_000_000;
export const infoUs = 10_000_000;
/** Of a replica whose master fails over, or that has lost it. */
export const busyInfoUs = 1_000_000;
export const helloUs = 2_000_000;
/** Epochs are begun up to this much apart, so that two seldom stand at once (SENTINEL_MAX_DESYNC). */
export const desyncUs = 1_000_000;
/** What another said of the master is forgotten after so long (five times the asking period). */
export const forgetsUs = 5 * askUs;
/** A replica that has not answered for so long is not chosen; nor one that told of itself longer ago, while the master is down. */
export const choosableUs = 5 * pingUs;
/** Who is not elected by then gives up (SENTINEL_ELECTION_TIMEOUT), or after the failover's timeout, if that is shorter. */
export const electionUs = 10_000_000;
/** One that says that it is master, and should not be, is given so long to hear of it by itself (four times the period of hellos). */
export const grantedUs = 4 * helloUs;
/** A replica that was told to follow another master, and does not, is not waited for (SENTINEL_SLAVE_RECONF_TIMEOUT). */
export const reconfiguresUs = 10_000_000;
/** The master sends a PING down its stream to its replicas so often, and their offsets grow (redis.conf: repl-ping-replica-period). */
export const streamUs = 10_000_000;

/** A sentinel's timer runs 10 to 19 times a second, drawn anew with each tick, so that they don't stand in step (server.hz). */
export const tickUs = (draw: number): number => Math.floor(1_000_000 / (10 + Math.floor(10 * draw)));
export const longestTickUs = 100_000;
