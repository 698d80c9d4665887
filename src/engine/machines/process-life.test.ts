import { expect, test } from "vitest";
import { amiss } from "./machine-table.ts";
import { processLife } from "./process-life.ts";

const table = `
                               → absent
  absent        CREATE_WAITING → waiting: waits
  absent        CREATE_PULL    → pulling: pull
  absent        CREATE         → starting: start-began; starts start
  absent        NO_ROOM        → refused: refused
  waiting       CREATE_PULL    → pulling: pull
  waiting       CREATE         → starting: start-began; starts start
  waiting       NO_ROOM        → refused: refused
  waiting       KILL           → dead: died
  waiting       STOP           → exited: exited
  pulling       PULLED         → starting: start-began; starts start
  pulling       PULL_FAILED    → pull-failed: pull-gave-up; starts backoff
  pulling       NO_ROOM        → refused: refused
  pulling       MACHINE_DOWN   → waiting: waits
  pulling       KILL           → dead: died
  pulling       STOP           → exited: exited
  pull-failed   after backoff  → pulling: pull; voids
  pull-failed   CREATE_WAITING → waiting: waits; voids
  pull-failed   CREATE_PULL    → pulling: pull; voids
  pull-failed   CREATE         → starting: start-began; starts start; voids
  pull-failed   NO_ROOM        → refused: refused; voids
  pull-failed   MACHINE_DOWN   → waiting: waits; voids
  pull-failed   KILL           → dead: died; voids
  pull-failed   STOP           → exited: exited; voids
  refused       CREATE_WAITING → waiting: waits
  refused       CREATE_PULL    → pulling: pull
  refused       CREATE         → starting: start-began; starts start
  refused       NO_ROOM        → refused: refused
  refused       MACHINE_DOWN   → waiting: waits
  refused       KILL           → dead: died
  refused       STOP           → exited: exited
  starting      after start    → running: opened; starts command; voids
  starting      KILL           → dead: died; voids
  starting      STOP           → exited: exited; voids
  starting      CRASH          → exited: crashed; voids
  starting      MACHINE_DOWN   → dead: died-with-machine; voids
  running       after command  → exited: command-ended; voids
  running       HANG           → hung: silenced; voids
  running       STOP           → stopping: began-stopping; starts grace; voids
  running       STOP_AT_ONCE   → exited: exited-at-once; voids
  running       STOP_IGNORED   → ignoring: ignored-stop; starts grace; voids
  running       KILL           → dead: closed, died; voids
  running       CRASH          → exited: crashed; voids
  running       MACHINE_DOWN   → dead: died-with-machine; voids
  hung          RESUME         → running: resumed; starts command
  hung          CRASH          → exited: crashed
  hung          STOP           → hung-stopping: starts grace
  hung          KILL           → dead: closed, died
  hung          MACHINE_DOWN   → dead: died-with-machine
  stopping      after grace    → dead: closed, died; voids
  stopping      STOPPED        → exited: exited; voids
  stopping      KILL           → dead: closed, died; voids
  stopping      MACHINE_DOWN   → dead: died-with-machine; voids
  hung-stopping after grace    → dead: closed, died; voids
  hung-stopping KILL           → dead: closed, died; voids
  hung-stopping MACHINE_DOWN   → dead: died-with-machine; voids
  ignoring      after grace    → dead: grace-over, closed, died; voids
  ignoring      KILL           → dead: closed, died; voids
  ignoring      CRASH          → exited: crashed; voids
  ignoring      MACHINE_DOWN   → dead: died-with-machine; voids
  restarting    after restart  → starting: start-began; starts start; voids
  restarting    CREATE_WAITING → waiting: waits; voids
  restarting    CREATE_PULL    → pulling: pull; voids
  restarting    CREATE         → starting: start-began; starts start; voids
  restarting    NO_ROOM        → refused: refused; voids
  restarting    KILL           → exited: restart-cancelled; voids
  restarting    STOP           → exited: restart-cancelled; voids
  restarting    MACHINE_DOWN   → dead: died-with-machine; voids
  exited        START          → starting: start-began; starts start
  exited        RESTART        → restarting: awaits-restart; starts restart
  exited        CREATE_WAITING → waiting: waits
  exited        CREATE_PULL    → pulling: pull
  exited        CREATE         → starting: start-began; starts start
  exited        NO_ROOM        → refused: refused
  dead          START          → starting: start-began; starts start
  dead          CREATE_WAITING → waiting: waits
  dead          CREATE_PULL    → pulling: pull
  dead          CREATE         → starting: start-began; starts start
  dead          NO_ROOM        → refused: refused
`;

test("the whole table", () => {
  expect(amiss(processLife, table)).toEqual([]);
});
