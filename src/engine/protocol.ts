/**
 * The codes of the events in the queue: what things send each other, and what they tell themselves. Each is the
 * index of its handler, so dispatch is one look-up; no two share one.
 */
export const code = {
  // Messages on the wire.
  request: 0, // to = address, first = call, second = its generation
  response: 1, // to = caller, first = call, second = its generation
  probe: 2, // to = address, first = target, second = its generation
  probeAnswer: 3, // to = balancer, first = target, second = generation × 2 + passed
  renew: 4, // to = registry, first = lease, second = the instance's incarnation
  withdraw: 5,
  look: 6, // to = registry, first = upstream, second = its generation
  tell: 7, // to = consumer, first = upstream, second = answer
  manifest: 8, // to = image registry, first = pull, second = its generation
  manifestAnswer: 9, // to = machine
  layer: 10,
  layerAnswer: 11,
  push: 27, // to = image registry, first = push, second = its generation
  pushAnswer: 28,
  // What things tell themselves.
  arrival: 12, // a client's next request; first = generation
  workDone: 13, // to = service, first = task, second = generation
  checkDue: 14, // to = balancer, first = target, second = generation
  heartbeat: 15, // to = instance, first = link, second = its generation
  pollDue: 16,
  callTimeout: 18,
  requestTimeout: 19,
  checkTimeout: 20,
  retry: 23, // to = caller, first = task, second = generation
  pullTimeout: 24,
  dnsDue: 25, // to = balancer, first = link, second = its generation
  layerSent: 26, // to = image registry, first = its serial
  pushTimeout: 29,
  computed: 40, // to = process, first = task, second = its processors' generation
  processorWindow: 41,
  // Registries: what an instance says of itself besides that it is well, and what they tell themselves.
  closed: 59, // to = registry, first = link, second = address: an instance's connection was closed by its machine
  examineArrives: 60,
  longPollOver: 43, // to = registry, first = link, second = generation
  examine: 44, // to = registry, first = lease, second = generation: its next check is due
  examined: 45, // second = generation × 2 + passed
  examineTimeout: 46,
  glance: 47, // its agent looks whether the process is there
  machineHeard: 48, // its machine's agent is to be heard of
  machineSilent: 49,
  reported: 50, // to = registry, first = lease, second = status: what an agent has found
  sweep: 51, // to = registry, second = generation
  refreshCache: 52,
  countRenewals: 53,
  merged: 54, // changes are pushed together
  comesBack: 55, // its election is over
  asked: 56, // to = registry, first = question: a caller asks for one request
  askAnswer: 57, // to = caller
  askTimeout: 58,
  // Members of one registry: to each other, to themselves, and to the instances that register with them.
  fromMember: 34, // to = member, first = letter
  batchDue: 35, // to = member, second = its generation: what it has for its peers is sent
  memberTimeout: 36, // to = member, first = pair, second = its question: a peer has not answered
  acknowledged: 37, // to = instance, first = link, second = whether it was done
  ackTimeout: 38, // to = instance, first = link, second = what it has said
  sayAgain: 39, // to = instance, first = link, second = what it has said
  memoryStep: 42,
  memoryGrew: 61, // to = process
  warmUp: 30, // to = balancer, first = target, second = its serial
  advert: 17, // to = balancer of the same virtual router, first = who sends it, second = its priority
  advertDue: 21, // to = balancer, first = serial
  masterDown: 22, // to = balancer, first = serial
  outlierSweep: 63, // to = balancer
  uneject: 62, // to = balancer, first = target, second = its ejection's serial
  agentDue: 31, // to = balancer, first = target, second = generation
  agentAsk: 32, // to = address, first = target, second = generation
  agentAnswer: 33, // to = balancer, first = target, second = generation
  // Sentinels, to themselves and to the instances that they look at.
  sentinelTick: 64, // to = sentinel, second = its generation
  sentinelAsks: 65, // to = sentinel, first = sight, second = what: it has come to the instance
  sentinelHears: 66, // to = sentinel, first = sight, second = what: the instance's answer
  replicationPing: 67, // to = sentinel, second = its generation: masters send a PING down their streams
  hangUp: 68, // to = callee, first = call: its caller has closed it
  machineTimers: 80, // and above: one a hosted machine
} as const;
