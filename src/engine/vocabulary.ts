/**
 * The words of the journal and of the trace: what can happen. A row's `who` is a node, `whom` another node (or
 * none), `a` and `b` are numbers whose meaning stands here, `number` is the request's number at its client.
 *
 * `life` rows are about lives, health and discovery and are kept for ever; `loss` rows are failures of requests
 * and are kept too; `hop` rows tell an ordinary request's journey and may be dropped once they are drained.
 */
export type RowClass = "life" | "loss" | "hop";

export const vocabulary = {
  // What a person or a schedule did. `a` is the act's amount.
  act: "life",
  edited: "life",
  // Lives. who = the thing itself.
  created: "life",
  removed: "life",
  "layer-lost": "life", // who = container, a = kB that were in its writable layer
  "volume-kept": "life", // who = container, whom = its machine, a = kB on its volume
  "volume-orphaned": "life", // who = container, whom = its machine, a = kB in its anonymous volume, which nobody finds again
  "disk-full": "life", // who = machine, a = MB that lie on its disk, b = MB that it holds
  pruned: "life", // who = machine, a = images, b = kB
  "volumes-pruned": "life", // who = machine, a = kB
  moved: "life",
  pulling: "life", // who = container, whom = image registry, a = layers to fetch
  "asking-for-image": "life", // the same, of how many layers nobody knows yet
  layer: "life", // who = container, a = layers done, b = layers in all
  pulled: "life",
  "pull-failed": "life", // a = 1: it is not there, and nobody is to be asked for it
  published: "life", // who = image, a = registries that have the new one
  "source-changed": "life", // who = Dockerfile, a = 0: the code, 1: the list of dependencies
  building: "life", // who = Dockerfile, whom = machine, a = steps
  "build-step": "life", // a = steps done, b = steps in all
  "build-cached": "life", // the same, taken from the build cache
  built: "life", // whom = machine, a = layers of the image
  "build-failed": "life", // whom = machine, a = line of the Dockerfile
  pushing: "life", // who = Dockerfile, whom = image registry, a = layers of the image
  pushed: "life",
  "push-failed": "life",
  waiting: "life", // who = container, whom = the machine it waits for
  starting: "life", // a = 1: the same container again, b = its how many-th restart
  up: "life", // a = 1: the same container again
  "start-refused": "life", // who = container or VM, whom = machine, a = MB wanted, b = MB free
  "cores-refused": "life", // who = VM, whom = machine, a = cores wanted, b = cores free
  stopping: "life",
  "stop-ignored": "life", // SIGTERM means nothing to it; a = its grace in µs
  stopped: "life", // a = 1: its restart was called off, b = requests that it had no more time for
  exited: "life", // its process ended by itself: a = exit code, b = 1 if it is restarted, 2 if it was restarted often enough, 3 if it had only waited for input
  restarting: "life", // a = µs to wait, b = how many-th restart
  died: "life", // whom = what took it with it, if anything; a = exit code
  hung: "life",
  resumed: "life",
  "health-failed": "life", // a = failures in a row, b = of how many; a = 0: in its start period, not counted
  healthy: "life",
  unhealthy: "life", // a = failures in a row
  slowed: "life", // a = factor × 1000
  "cores-full": "life", // who = machine that has no core left, a = its cores, b = threads that compute there
  "cores-free": "life",
  wrecked: "life", // who = process, whom = whose space it spoils (none: its own), a = which wreck
  "oom-killed": "life", // who = process, whom = machine whose memory is used up (none: its own limit), a = MB used, b = MB it may use
  "heap-full": "life", // who = application server, a = MB wanted, b = MB of its heap
  "library-missing": "life", // who can't start, whom = who deleted it
  "port-taken": "life", // who can't start, whom = who has the port, a = port
  "path-taken": "life", // who = application, whom = the one of the same server that is there already
  "cannot-fork": "life", // who can't start, whom = who has taken all processes
  "no-space": "life", // who can't start, whom = who has filled the disk
  "java-refused": "life", // who = application, whom = its server, a = the Java it needs at least (or at most), b = the server's
  panicked: "life", // who = machine
  repaired: "life",
  erring: "life", // a = percent of the requests
  resetting: "life",
  failing: "life",
  booting: "life",
  "power-lost": "life",
  "shutting-down": "life", // who = machine that stops what runs on it, and then goes off
  "powered-off": "life",
  isolated: "life",
  rejoined: "life",
  cut: "life", // who = link's from, whom = link's to
  "cut-there": "life", // only what goes from who to whom is lost
  "cut-back": "life",
  mended: "life",
  predicted: "life", // who = observer, whom = node at fault, a = earliest µs after the fault, b = latest µs, −1: with the next requests, whenever they come, −2: perhaps, since it may be over before, −3: never
  // A balancer about a target: who = balancer, whom = target, a = count, b = of how many.
  missed: "life",
  passed: "life",
  "target-added": "life",
  "target-removed": "life",
  "target-down": "life",
  "target-up": "life",
  // By failures of requests, and not by checks. b = µs after which it may be tried again, a = failures that led to it.
  "passed-over": "life",
  "tried-again": "life",
  readmitted: "life", // it has answered (or passed a check) and is in turn as before; a = 1: nobody waited for its answer
  drained: "life",
  readied: "life",
  "took-address": "life", // who = balancer that is the master of its virtual router now, whom = who had the address before, a = 1: from a master that it heard, but outranks
  // A registry about an instance: who = registry, whom = instance.
  registered: "life",
  withdrawn: "life",
  expired: "life",
  told: "life", // who = registry, whom = watcher, a = instances in the answer
  passing: "life", // whom stays in the catalogue, whatever its checks say of it
  warning: "life",
  critical: "life",
  deregistered: "life", // it was critical for long, a = µs
  replaced: "life", // another registered in its place
  "self-preservation": "life", // who = registry, a = renewals in the last minute, b = as many are too few
  "self-preservation-over": "life",
  "registry-lost": "life", // who = consumer, whom = registry, a = instances it goes on with
  "registry-found": "life", // a = instances in the first answer
  // Members of one registry. who = member.
  "election-began": "life", // it hears no leader and stands for election, a = term
  elected: "life", // a = term, b = votes
  "quorum-lost": "life", // a leader no more, a = members that it hears, itself included, b = of how many
  follows: "life", // whom = its leader, a = term, b = writes that it lacked
  "write-refused": "life", // whom = instance that would register, or withdraw
  "peer-lost": "life", // whom = peer that does not answer
  "peer-found": "life", // whom = peer that answers again
  // Sentinels. who = sentinel, whom = instance.
  "subjectively-down": "life", // the master has not answered this one for long
  "replica-down": "life", // the same of a replica
  "objectively-down": "life", // a = sentinels that say so, b = as many as are wanted
  "failover-began": "life", // who stands for election, a = epoch
  "failover-elected": "life", // a = epoch, b = votes
  "failover-aborted": "life", // a = 1: not elected, 2: no replica is fit, 3: not in time
  promoted: "life", // whom takes writes from now on
  demoted: "life", // whom is not what its name stands for any more
  "switched-master": "life", // whom is what its name stands for from now on, a = epoch
  replicates: "life", // whom follows the master that who names
  // Addresses: who = caller, whom = target.
  stale: "life", // a call goes to an address that the target no longer has (once per incarnation and link)
  resolved: "life", // DNS answered anew with another address
  "first-request": "life", // the first request an incarnation gets, whom = who sent it
  // Requests. number = the request's number at its client, client = the client.
  issued: "hop",
  sent: "hop", // who = caller, whom = callee, a = attempt
  arrived: "hop",
  queued: "hop", // a = place in the queue
  begun: "hop",
  worked: "hop",
  answered: "hop", // a = status code
  "client-closed": "hop", // who = balancer that drops the request, whom = who sent it and has closed the connection
  got: "hop", // who = caller, whom = callee, a = status code
  served: "hop", // who = client, a = latency µs
  refused: "loss", // who = caller, whom = where
  reset: "loss",
  "connect-timed-out": "loss",
  "call-timed-out": "loss",
  rejected: "loss", // who = the service whose queue is full
  "no-target": "loss", // who = the balancer (or caller) with no usable target
  "queue-timed-out": "loss",
  retried: "loss", // a = attempt
  redispatched: "loss", // a = attempt, whom = the new target
  failed: "loss", // who = client, a = status code (0: none)
  "timed-out": "loss", // who = client
  full: "loss", // whom = target that has as many requests as it may, and nobody waits for it
} as const satisfies Record<string, RowClass>;

export type What = keyof typeof vocabulary;

/** What a drawn message is. Its fate is not known when it is sent. */
export const hopKinds = [
  "request",
  "answer",
  "error",
  "refusal",
  "probe",
  "probe-answer",
  "register",
  "lookup",
  "tell",
  "pull",
  "layer",
  // Between members of one registry: that a leader is there (or what a peer still has), votes, what was registered.
  "member-heartbeat",
  "vote",
  "replicate",
] as const;
export type HopKind = (typeof hopKinds)[number];

const unforeseen = ["by-requests", "perhaps", "never"] as const;
/** Whether a fault will be noticed: within a time; by requests that fail; perhaps, for it may be over before; or never. */
export type Foreseen = "in-time" | (typeof unforeseen)[number];

/** What stands for it in place of the latest time of a `predicted` row, and what is read from that. */
export const latestFor = (how: Exclude<Foreseen, "in-time">): number => -1 - unforeseen.indexOf(how);
export const foreseen = (latest: number): Foreseen => (latest >= 0 ? "in-time" : unforeseen[-1 - latest]!);
