import { expect, test } from "vitest";
import { amiss } from "./machine-table.ts";
import { guestLife, machineLife } from "./machine-life.ts";

/** What every machine does. */
const table = `
                           → off
  off     POWER_ON         → booting: boot-began; starts boot
  off     POWER_ON_WAITING → waiting: waits
  waiting PLACE_UP         → booting: boot-began; starts boot
  waiting LOSE_POWER       → off
  booting after boot       → running: booted; voids
  booting RESTART          → booting: boot-began; starts boot; voids
  booting LOSE_POWER       → off: went-down; voids
  booting PLACE_DOWN       → waiting: went-down, waits; voids
  running SHUT_DOWN        → shutting-down: began-shutting-down; starts grace
  shutting-down after grace → off: switched-off; voids
  shutting-down SWITCH_OFF → off: switched-off; voids
  shutting-down SWITCH_OFF_WAITING → waiting: switched-off, waits; voids
  shutting-down PANIC      → panicked: panicked; voids
  shutting-down RESTART    → booting: went-down, boot-began; starts boot; voids
  shutting-down LOSE_POWER → off: went-down; voids
  shutting-down PLACE_DOWN → waiting: switched-off, waits; voids
  running PANIC            → panicked: panicked
  running RESTART          → booting: went-down, boot-began; starts boot
  running LOSE_POWER       → off: went-down
  running PLACE_DOWN       → waiting: went-down, waits
  panicked PLACE_DOWN      → waiting: waits
  panicked LOSE_POWER      → off
  panicked RESTART         → booting: boot-began; starts boot
`;

/** What only one does that takes memory from another. */
const guests = `
  off     NO_ROOM          → refused: refused
  waiting NO_ROOM          → refused: refused
  refused POWER_ON         → booting: boot-began; starts boot
  refused RESTART          → booting: boot-began; starts boot
  refused POWER_ON_WAITING → waiting: waits
  refused NO_ROOM          → refused: refused
  refused PLACE_DOWN       → waiting: waits
  refused LOSE_POWER       → off
`;

test("the whole table of a guest", () => {
  expect(amiss(guestLife, `${table}${guests}`)).toEqual([]);
});

test("the whole table of a machine that takes no memory from another", () => {
  expect(amiss(machineLife, table)).toEqual([]);
});
