import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { admitText } from "../document/admit.ts";
import { ways } from "../document/deployments.ts";
import type { Topology } from "../document/topology.ts";
import { Simulation } from "../engine/simulation.ts";
import { kinds } from "../kinds/registry.ts";
import { isolationMatrix } from "./isolation.ts";

const file = "public/examples/three-ways.json";
const admission = admitText(readFileSync(file, "utf8"), kinds);
if (!admission.ok) throw new Error(JSON.stringify(admission.errors));
const document: Topology = admission.document;

describe("the isolation matrix: each cell is a fault that was played", () => {
  const rows = isolationMatrix(document, (options) => new Simulation({ ...options, kinds }));
  const told = rows.map(({ act, resource, cells }) => {
    const marks = cells.map((cell) => {
      if (!cell.isFelt) return "·";
      const signs = [
        cell.isDown ? "down" : "",
        cell.lost > 0 ? "loses" : "",
        cell.slower >= 1.5 ? "slow" : "",
        !cell.isDown && cell.served < cell.servedBefore / 2 ? "unanswered" : "",
        cell.restarts ? "" : "no restart",
      ];
      return signs.filter((sign) => sign !== "").join("+");
    });
    return `${resource ?? "kernel"} ${act}: ${marks.join(" | ")}`;
  });

  test("traditional | virtual | container", () => {
    expect(told).toEqual([
      "files delete-library: no restart | · | ·",
      "network grab-ports: no restart | · | ·",
      "cpu hog-cpu: slow | · | ·",
      "memory eat-memory: down+loses | · | ·",
      // By default a container's disk and its number of processes are its host's.
      "disk fill-disk: loses+unanswered+no restart | · | loses+unanswered+no restart",
      "processes fork-bomb: unanswered+no restart | · | no restart",
      "users kill-all: down+loses | · | ·",
      "kernel panic: down+loses+no restart | · | down+loses+no restart",
    ]);
  });

  test("is the same again", () => {
    expect(isolationMatrix(document, (options) => new Simulation({ ...options, kinds }))).toEqual(rows);
    expect(rows.every(({ cells }) => cells.map(({ way }) => way).join() === ways.join())).toBe(true);
  });
});
