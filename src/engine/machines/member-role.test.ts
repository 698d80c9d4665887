import { expect, test } from "vitest";
import { amiss } from "./machine-table.ts";
import { memberRole } from "./member-role.ts";

test("the whole table", () => {
  const table = `
                              → out
  out       JOIN            → follower: starts election
  follower  HEARD           → follower: starts election; voids
  follower  STAND           → candidate: stood; starts election; voids
  follower  after election  → candidate: stood; starts election; voids
  follower  LEAVE           → out: voids
  candidate after election  → candidate: stood; starts election; voids
  candidate WIN             → leader: elected; starts heartbeat; voids
  candidate STEP_DOWN       → follower: starts election; voids
  candidate LEAVE           → out: voids
  leader    after heartbeat → leader: beat; starts heartbeat; voids
  leader    STEP_DOWN       → follower: deposed; starts election; voids
  leader    LEAVE           → out: deposed; voids
`;
  expect(amiss(memberRole, table)).toEqual([]);
});
