import { exactly, type Outcome } from "../outcome.ts";
import { has, textOf, type RecordedCase } from "../recorded-case.ts";
import { nginxOptions } from "../rig/nginx-options.ts";
import { Rig } from "../rig/rig.ts";
import { attemptsOf } from "./attempts.ts";

type Retried = readonly [atMs: number, way: string, worker: string];

/**
 * nginx's workers: without a shared zone each of them goes its own round and finds a dead server by itself, as so many
 * balancers of the playground do; with one they are a single balancer.
 */
export function playWorkers(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "passive" || !/^nginx/u.test(recorded.meant)) return null;
  if (!has(recorded, "picks_in_order", "worker_of_each", "retried_after_kill")) return null;
  const picks = textOf(recorded, "picks_in_order");
  const workers = [...textOf(recorded, "worker_of_each")].map((digit) => Number(digit) - 1);
  const servers = Math.max(...Array.from(picks, Number));
  const isShared = /shared_zone/u.test(recorded.name);
  const rigs = Array.from({ length: isShared ? 1 : Math.max(...workers) + 1 }, () => rigOf(servers));
  const of = (worker: number) => rigs[isShared ? 0 : worker]!;
  workers.forEach((worker, index) => of(worker).send(1000 + index * 100));
  const killMs = 2000 + workers.length * 100;
  for (const rig of rigs) rig.at(killMs, "kill", "b2");
  // Requests enough for every worker to have met it.
  for (const rig of rigs) for (let index = 0; index < 3 * servers; index++) rig.send(killMs + 10 + index * 100);
  for (const rig of rigs) rig.until(killMs + 5000);
  const ways = rigs.map((rig) => attemptsOf(rig, 0).map(({ way }) => way));
  const places = rigs.map(() => 0);
  const found = workers.map((worker) => ways[isShared ? 0 : worker]![places[isShared ? 0 : worker]!++]!.slice(1)).join("");
  const retried = ways.flat().filter((way) => way.includes(">")).length;
  const wanted = (recorded.fields["retried_after_kill"] as readonly Retried[]).length;
  return exactly(`${picks}; retried ${wanted}`, `${found}; retried ${retried}`);
}

function rigOf(servers: number): Rig {
  const options = nginxOptions(
    Array.from({ length: servers }, () => ""),
    "",
    "",
    "GET",
  );
  return new Rig({ servers, balancer: options.balancer, links: options.links });
}
