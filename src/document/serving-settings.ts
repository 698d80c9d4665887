import { choice, quantity, samples, text } from "./settings.ts";

/** How a service handles requests: shared by every kind that accepts them and works on them itself. */
export const serving = {
  workDistribution: choice(["constant", "exponential", "log-normal", "empirical"], "exponential"),
  workMs: quantity("ms", [0, 600_000], 20, { when: { setting: "workDistribution", is: ["constant", "exponential", "log-normal"] } }),
  /** Standard deviation of the logarithm. */
  workSpread: quantity("×", [0, 3], 0.5, { when: { setting: "workDistribution", is: ["log-normal"] } }),
  workSamplesMs: samples("ms", [0, 600_000], [5, 10, 20, 40], { when: { setting: "workDistribution", is: ["empirical"] } }),
  concurrency: quantity("count", [1, 100_000], 16),
  queueLimit: quantity("count", [0, 1_000_000], 100),
  /** What its agent tells a balancer that asks one: words as HAProxy knows them. */
  agentSays: text("up", { maxLength: 60, source: "HAProxy 2.6 configuration.txt, agent-check" }),
};
