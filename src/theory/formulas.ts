/**
 * What queueing theory says of the queues that a document can draw. Waits are mean times in the queue, without the
 * work itself, in the unit of `work`; loads are offered work per server (ρ).
 */

/** M/M/c: the chance that an arrival finds all c servers busy (Erlang's C), by the recursion of Erlang's B. */
export function erlangC(servers: number, load: number): number {
  const offered = servers * load;
  let blocked = 1;
  for (let count = 1; count <= servers; count++) blocked = (offered * blocked) / (count + offered * blocked);
  return blocked / (1 - load * (1 - blocked));
}

/** M/M/c, and with one server M/M/1. */
export function waitMMc(servers: number, load: number, work: number): number {
  return (erlangC(servers, load) * work) / (servers * (1 - load));
}

/** M/M/1/K: the share of arrivals that find all K places (the one at work among them) taken. */
export function lossMM1K(places: number, load: number): number {
  return chancesMM1K(places, load)[places]!;
}

/** M/M/1/K: the mean wait of those that are let in. */
export function waitMM1K(places: number, load: number, work: number): number {
  const chances = chancesMM1K(places, load);
  let wait = 0;
  for (let ahead = 0; ahead < places; ahead++) wait += (chances[ahead]! * ahead * work) / (1 - chances[places]!);
  return wait;
}

/** The chance of 0, 1, … K in the system: geometric, and even at load 1. */
function chancesMM1K(places: number, load: number): number[] {
  const weights: number[] = [1];
  for (let count = 1; count <= places; count++) weights.push(weights[count - 1]! * load);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** M/G/1 with processor sharing: the mean time there, which depends on the work's mean alone. */
export function responsePS(load: number, work: number): number {
  return work / (1 - load);
}

/** M/G/1 by Pollaczek and Khinchine; `squaredVariation` is the work's variance by the square of its mean. */
export function waitMG1(load: number, work: number, squaredVariation: number): number {
  return (load * work * (1 + squaredVariation)) / (2 * (1 - load));
}

/**
 * E_k/M/1: every k-th of a Poisson stream comes to this queue, as round robin over k queues sends it. GI/M/1: an
 * arrival waits with chance σ, the root in (0, 1) of σ = A*(μ(1 − σ)), and then 1 ÷ (μ(1 − σ)).
 */
export function waitEk1(k: number, load: number, work: number): number {
  let sigma = 0.5;
  for (let step = 0; step < 10_000; step++) {
    const factor = (k * load) / (k * load + 1 - sigma);
    let next = 1;
    for (let phase = 0; phase < k; phase++) next *= factor;
    sigma = next;
  }
  return (sigma * work) / (1 - sigma);
}
