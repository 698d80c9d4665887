import { linkRoles } from "../document/link-settings.ts";
import type { Act } from "../document/topology.ts";
import type { Hosting } from "./hosting.ts";
import type { Fault } from "./kind.ts";
import { wireCut } from "./links.ts";
import { linkLife } from "./machines/link-life.ts";
import type { Run } from "./run.ts";
import { admin } from "./upstream-tables.ts";

/** Links are whole or cut, whatever they carry. */
export function hostLinks(run: Run): Hosting {
  const row = (link: number) => ({ from: run.links.from[link]!, to: run.links.to[link]! });
  const cutOff = (link: number, what: "cut" | "cut-there" | "cut-back", how: number) => {
    run.links.cut[link] = how;
    if (run.links.inDocument[link] === 0) return;
    run.note(what, row(link).from, row(link).to);
    run.links.lastLife[link] = run.journal.length;
    run.pulls.hush((one) => one.row === link);
    partFromRegistry(run, link);
  };
  const hosting = run.host(linkLife, {
    column: run.links,
    delayUs: (link) => run.links.flapUs[link]! / 2,
    effects: {
      cut: (link) => cutOff(link, "cut", wireCut.there | wireCut.back),
      "cut-there": (link) => cutOff(link, "cut-there", wireCut.there),
      "cut-back": (link) => cutOff(link, "cut-back", wireCut.back),
      mended: (link) => {
        run.links.cut[link] = 0;
        if (run.links.inDocument[link] === 1) run.note("mended", row(link).from, row(link).to);
      },
    },
    onChange: (link) => {
      run.touch(row(link).from);
      run.touch(row(link).to);
    },
  });
  run.linkLife = hosting;
  return hosting;
}

/** Who reads a registry over this link goes on with what it knows. */
function partFromRegistry(run: Run, row: number): void {
  const link = run.world.links[row];
  if (link !== undefined && linkRoles[link.role].asks === "lookup") run.discovery.part(link);
}

/** A wire that is taken away flaps no more. */
export function standStill(run: Run, link: number): void {
  if (run.linkLife?.name(link).startsWith("flapping") !== true) return;
  run.linkLife.place(link, "whole");
  run.links.cut[link] = 0;
}

/** A wire that flaps is cut and whole again within so many seconds, unless somebody says otherwise. */
const flapS = 2;

/** Somebody does something to a link. */
export function actOnLink(run: Run, hosting: Hosting, link: number, { act, amount = 0 }: Act, number: number): void {
  const { links } = run;
  const config = run.world.links[link]!;
  run.note("act", config.from, config.to, amount, number);
  if (act === "confirm") {
    run.links.address[link] = 0;
    run.addressing.capture(config);
    return run.touch(config.from);
  }
  if (act === "drain" || act === "ready")
    return config.role !== "forward" ? undefined : administer(run, link, act === "drain" ? admin.drain : admin.ready);
  if (act === "flap") run.links.flapUs[link] = Math.max(1000, Math.round((amount || flapS) * 1e6));
  const isNews = links.cut[link] === 0 || hosting.name(link).startsWith("flapping");
  const isDone = hosting.send(link, hosting.machine.eventOf(act.toUpperCase().replace("-", "_")));
  const fault = shows[act];
  if (fault !== undefined && isDone && isNews)
    run.predictions.tellOfWire(config, fault, act === "flap" ? links.flapUs[link]! / 2 : Infinity);
}

/** How a cut shows: one of both ways, or of the way back, loses the answers that are under way, too. */
const shows: Partial<Record<string, Fault>> = { cut: "cut-off", "cut-there": "silent", "cut-back": "cut-off", flap: "cut-off" };

/** A target is taken out of its balancer's rotation, or put back: those who have it in hand finish, and those that stick to it go on. */
function administer(run: Run, link: number, how: number): void {
  if (run.links.admin[link] === how) return;
  const { from, to } = run.world.links[link]!;
  run.links.admin[link] = how;
  run.note(how === admin.drain ? "drained" : "readied", from, to);
  const { table } = run.upstreams;
  for (let target = 0; target < table.length; target++)
    if (table.drawn[target] === link + 1 && table.removed[target] === 0) run.upstreams.administer(target, how);
}
