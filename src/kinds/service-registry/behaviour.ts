import { hashString } from "../../base/random.ts";
import { presence } from "../../engine/entities.ts";
import { whatNumber } from "../../engine/journal.ts";
import type { Behaviour } from "../../engine/kind.ts";
import { makeTable } from "../../engine/kernel/table.ts";
import { lease } from "../../engine/machines/lease.ts";
import { predictedExpiryUs } from "../../engine/policies/detection.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";
import { Standing } from "../../engine/standing.ts";
import type { PartStatus } from "../../engine/status.ts";
import type { LinkConfig } from "../../engine/world.ts";
import type { settings } from "./declaration.ts";

type RegistrySettings = (typeof settings)["defaults"];

/** Keeps a lease for each registered instance, and tells consumers who is there. */
export function behaviour(run: Run): Behaviour {
  const { entities, kernel, links, addresses, discovery, journal } = run;
  const settingsOf = (row: number) => run.node(row).settings as unknown as RegistrySettings;
  const leases = run.keep(
    makeTable({ state: "i32", registry: "i32", link: "i32", entity: "i32", address: "i32", service: "u32", sinceUs: "f64", renewedUs: "f64" }),
  );

  const life = run.host(lease, {
    column: leases,
    delayUs: (row) => Math.round(settingsOf(leases.registry[row]!).ttlMs * 1000),
    effects: {
      registered: (row) => changed(row, "registered"),
      withdrawn: (row) => changed(row, "withdrawn"),
      expired: (row) => expired(row),
    },
    onChange: (row) => {
      leases.sinceUs[row] = kernel.nowUs;
      run.touch(leases.registry[row]!);
    },
  });
  const held = life.machine.stateOf("held");

  const standing = new Standing(run, {
    opened: (row) => opened(row),
    gone: (row) => gone(row),
  });

  /** An entry has come or gone: it is written down, and whoever watches is told. */
  const changed = (row: number, what: "registered" | "withdrawn" | "expired") => {
    const registry = leases.registry[row]!;
    const address = leases.address[row]!;
    journal.write(whatNumber[what], registry, leases.entity[row]!, -1, addresses.incarnation[address]!, 0, 0);
    tellWatchers(registry, leases.service[row]!);
  };

  const expired = (row: number) => {
    // Silence: its cause is the last that was heard of the silent one.
    const last = entities.lastLife[leases.entity[row]!]!;
    if (last > 0) kernel.cause = last - 1;
    changed(row, "expired");
  };

  const serviceOf = (row: number) => (run.world.nodes[row]?.settings as { service?: string } | undefined)?.service ?? "";

  /** The addresses of a service's instances whose leases are held, in the order in which they registered. */
  const instancesOf = (registry: number, service: number) => {
    const found: number[] = [];
    for (let row = 0; row < leases.length; row++) {
      if (leases.registry[row] === registry && leases.state[row] === held && leases.service[row] === service) found.push(leases.address[row]!);
    }
    return found;
  };

  const lookupsAt = (registry: number) => run.world.nodes[registry]?.incoming.filter((link) => link.role === "discover" || link.role === "source") ?? [];
  const wantedBy = (link: LinkConfig) => hashString((link.settings as unknown as { service: string }).service);

  const tellWatchers = (registry: number, service: number) => {
    if (settingsOf(registry).consumers !== "watch" || entities.effective[registry] !== presence.open) return;
    const cause = kernel.cause;
    for (const link of lookupsAt(registry)) {
      if (links.watching[link.row] === 0 || wantedBy(link) !== service) continue;
      kernel.cause = cause;
      discovery.tell(link, instancesOf(registry, service), true);
    }
    kernel.cause = cause;
  };

  /** It registers under the name that it has now. */
  const rename = (row: number) => {
    const before = leases.service[row]!;
    const now = hashString(serviceOf(leases.entity[row]!));
    if (before === now) return;
    leases.service[row] = now;
    if (leases.state[row] !== held) return;
    tellWatchers(leases.registry[row]!, before);
    tellWatchers(leases.registry[row]!, now);
  };

  const leaseFor = (registry: number, link: number, address: number) => {
    for (let row = 0; row < leases.length; row++) if (leases.address[row] === address && leases.link[row] === link && leases.registry[row] === registry) return row;
    const row = leases.add();
    leases.registry[row] = registry;
    leases.link[row] = link;
    leases.address[row] = address;
    leases.entity[row] = addresses.owner[address]!;
    leases.service[row] = hashString(serviceOf(leases.entity[row]!));
    return row;
  };

  run.receive(code.renew, (registry, linkRow, address) => {
    const link = run.world.links[linkRow];
    if (link === undefined || address < 0 || !discovery.reaches(link, link.from, registry)) return;
    const newest = links.lease[linkRow]! - 1;
    const row = newest >= 0 && leases.address[newest] === address && leases.registry[newest] === registry ? newest : leaseFor(registry, linkRow, address);
    links.lease[linkRow] = row + 1;
    leases.renewedUs[row] = kernel.nowUs;
    rename(row);
    life.send(row, life.machine.eventOf(leases.state[row] === held ? "RENEW" : "REGISTER"));
  });

  run.receive(code.withdraw, (registry, linkRow, address) => {
    const link = run.world.links[linkRow];
    if (link === undefined || address < 0 || !discovery.reaches(link, link.from, registry)) return;
    life.send(leaseFor(registry, linkRow, address), life.machine.eventOf("WITHDRAW"));
  });

  run.receive(code.look, (registry, linkRow, generation) => {
    const link = run.world.links[linkRow];
    if (link === undefined || links.generation[linkRow] !== generation || !discovery.reaches(link, link.from, registry)) return;
    links.watching[linkRow] = settingsOf(registry).consumers === "watch" ? 1 : 0;
    discovery.tell(link, instancesOf(registry, wantedBy(link)), false);
  });

  /** It is up again. Its leases were on its disk: each gets a full time to live (etcd, measured). */
  const opened = (registry: number) => {
    for (let row = 0; row < leases.length; row++) {
      if (leases.registry[row] === registry && leases.state[row] === held) life.delays.start(row, Math.round(settingsOf(registry).ttlMs * 1000));
    }
  };

  /** It is down: nothing expires, and whoever watched has lost its connection. */
  const gone = (registry: number) => {
    for (let row = 0; row < leases.length; row++) if (leases.registry[row] === registry) life.delays.stop(row);
    for (const link of lookupsAt(registry)) discovery.lost(link);
  };

  const partOf = (row: number): PartStatus => {
    const address = leases.address[row]!;
    const entity = leases.entity[row]!;
    const isHeld = leases.state[row] === held;
    const { heartbeatMs = 0 } = (run.world.nodes[entity]?.settings ?? {}) as { heartbeatMs?: number };
    const overdue = isHeld && kernel.nowUs > leases.renewedUs[row]! + heartbeatMs * 1200 && leases.renewedUs[row]! > 0;
    return {
      key: `${run.world.linkIds[leases.link[row]!]!}#${addresses.incarnation[address]!}`,
      node: run.world.nodeIds[entity]!,
      incarnation: addresses.incarnation[address]!,
      address: run.showAddress(address),
      state: isHeld ? (overdue ? "overdue" : "passing") : life.name(row),
      tone: isHeld ? (overdue ? "doubtful" : "running") : "dead",
      pips: null,
      dueUs: isHeld ? life.delays.dueUs(row) : null,
      facts: [
        { key: "service", value: serviceOf(entity) },
        { key: "renewed", value: leases.renewedUs[row]!, unit: "us" },
      ],
    };
  };

  /** Held leases, and those that ended within the last while so that one sees them go. */
  const shownLeases = (registry: number) => {
    const rows: number[] = [];
    for (let row = 0; row < leases.length; row++) {
      if (leases.registry[row] !== registry) continue;
      if (leases.state[row] === held || (life.is(row, "expired") && kernel.nowUs - leases.sinceUs[row]! < 30e6)) rows.push(row);
    }
    return rows;
  };

  return {
    create: (row, warm) => standing.create(row, warm),
    configure(row, before) {
      run.touch(row);
      const { consumers } = before.settings as unknown as RegistrySettings;
      if (consumers !== settingsOf(row).consumers) for (const link of lookupsAt(row)) if (links.upstream[link.row] !== 0) discovery.lost(link);
    },
    remove(row) {
      standing.remove(row);
      for (let other = 0; other < leases.length; other++) if (leases.registry[other] === row) life.place(other, "absent");
    },
    act: (row, act) => standing.act(row, act) ?? false,
    placeUp: (row) => void standing.send(row, "PLACE_UP"),
    placeDown: (row) => void standing.send(row, "PLACE_DOWN"),
    adopt(row, link, address) {
      const found = leaseFor(row, link.row, address);
      links.lease[link.row] = found + 1;
      life.place(found, "held");
      life.delays.start(found, Math.round(settingsOf(row).ttlMs * 1000));
    },
    lookUp: (row, service) => instancesOf(row, hashString(service)),
    predict(row, node, fault) {
      for (const link of run.world.nodes[node]?.links ?? []) {
        const found = links.lease[link.row]! - 1;
        if (link.to !== row || link.role !== "register" || found < 0 || leases.state[found] !== held) continue;
        if (fault === "withdraws") return [link.latencyUs, link.latencyUs];
        const { heartbeatMs } = run.node(node).settings as unknown as { heartbeatMs: number };
        return predictedExpiryUs({ ttlUs: Math.round(settingsOf(row).ttlMs * 1000), heartbeatUs: Math.round(heartbeatMs * 1000), latencyUs: link.latencyUs });
      }
      return null;
    },
    status(row) {
      const parts = shownLeases(row).map(partOf);
      return { ...standing.status(row), facts: [{ key: "instances", value: parts.filter((part) => part.tone !== "dead").length, unit: "count" }], parts };
    },
    chart: (row) => standing.life.machine.describe(entities.state[row]!),
  };
}
