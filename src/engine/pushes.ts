import { hop } from "./feed.ts";
import type { Image } from "./images/image.ts";
import { repositoryOf } from "./images/images.ts";
import { pushPlan, type PushPlan } from "./images/transfer.ts";
import { priority } from "./kernel/kernel.ts";
import { makeTable, type Checkpointed } from "./kernel/table.ts";
import { code } from "./protocol.ts";
import type { Run } from "./run.ts";
import type { LinkConfig } from "./world.ts";

/** A registry of which nothing has come for this long cannot be had. */
const silenceUs = 10_000_000;

/** What is pushed; never changed, so a checkpoint copies none. */
interface Errand {
  readonly reference: string;
  readonly image: Image;
}

/** Pushes of images into registries: only the blobs that the registry lacks are sent, then the tag moves. */
export class Pushes implements Checkpointed {
  private readonly run: Run;
  /** One row a pusher; a push that is over, or broken off, has another generation. */
  private readonly table = makeTable({ pusher: "i32", link: "i32", generation: "i32", underWay: "u8", dueUs: "f64" });
  private errands: (Errand | undefined)[] = [];

  constructor(run: Run) {
    this.run = run;
    run.kernel.on(code.pushAnswer, (_, push, answer) => this.answered(push, answer));
    run.kernel.on(code.pushTimeout, (_, push) => {
      if (this.table.dueUs[push] === run.kernel.nowUs) this.settle(push, false);
    });
  }

  begin(pusher: number, link: LinkConfig, reference: string, image: Image): void {
    const { kernel, feed } = this.run;
    const push = this.rowOf(pusher);
    const generation = ++this.table.generation[push]!;
    this.table.link[push] = link.row;
    this.table.underWay[push] = 1;
    this.errands[push] = { reference, image };
    this.run.note("pushing", pusher, link.to, image.layers.length);
    kernel.after(link.latencyUs, priority.arrival, code.push, link.to, push, generation);
    if (feed.on) feed.hop(kernel.nowUs, kernel.nowUs + link.latencyUs, link.from, link.to, link.row, hop.pull, -1, -1);
    this.waitFor(push);
  }

  /** The pusher is gone, or its machine: whatever it was sending is broken off. */
  breakOff(pusher: number): void {
    const push = this.find(pusher);
    if (push < 0) return;
    this.table.generation[push]!++;
    this.table.underWay[push] = 0;
    this.table.dueUs[push] = 0;
  }

  /** The registry's side: whether a push reaches it, over which link, and what it lacks. */
  asking(registry: number, push: number, generation: number): { readonly link: LinkConfig; readonly plan: PushPlan } | null {
    const { world, network, images } = this.run;
    const link = world.links[this.table.link[push]!];
    if (link === undefined || this.table.generation[push] !== generation || !network.connects(link.row, link.from, link.to)) return null;
    const { reference, image } = this.errands[push]!;
    return { link, plan: pushPlan(image, repositoryOf(reference), images.blobsOf(registry)) };
  }

  /** The registry's side: bytes come, slowly maybe; it answers when it has them all. */
  take(push: number, link: LinkConfig, uploadUs: number): void {
    this.table.dueUs[push] = 0;
    this.answer(push, link, this.run.kernel.nowUs + uploadUs, true);
  }

  refuse(push: number, link: LinkConfig): void {
    this.answer(push, link, this.run.kernel.nowUs, false);
  }

  private answer(push: number, link: LinkConfig, atUs: number, well: boolean): void {
    const { kernel, feed } = this.run;
    const answer = this.table.generation[push]! * 2 + (well ? 1 : 0);
    kernel.push(atUs + link.latencyUs, priority.completion, code.pushAnswer, link.from, push, answer);
    if (feed.on) feed.hop(kernel.nowUs, atUs + link.latencyUs, link.from, link.to, link.row, well ? hop.layer : hop.refusal, -1, -1);
  }

  /** The registry is gone in the midst of what it was taking. */
  cutShort(registry: number): void {
    for (let push = 0; push < this.table.length; push++) {
      if (this.table.underWay[push] === 0 || this.run.world.links[this.table.link[push]!]?.to !== registry) continue;
      this.table.generation[push]!++;
      this.waitFor(push);
    }
  }

  private answered(push: number, answer: number): void {
    const { images, world } = this.run;
    const link = world.links[this.table.link[push]!];
    if (this.table.generation[push] !== answer >> 1 || this.table.underWay[push] === 0 || link === undefined) return;
    const well = (answer & 1) === 1;
    const { reference, image } = this.errands[push]!;
    if (well) images.publish(link.to, reference, image);
    this.run.imagesMoved();
    this.settle(push, well);
  }

  private settle(push: number, well: boolean): void {
    const { run, table } = this;
    const pusher = table.pusher[push]!;
    table.generation[push]!++;
    table.underWay[push] = 0;
    table.dueUs[push] = 0;
    run.note(well ? "pushed" : "push-failed", pusher, run.world.links[table.link[push]!]?.to ?? -1, 0);
    run.of(pusher).pushSettled?.(pusher, well);
  }

  private waitFor(push: number): void {
    const { kernel } = this.run;
    this.table.dueUs[push] = kernel.nowUs + silenceUs;
    kernel.after(silenceUs, priority.timeout, code.pushTimeout, 0, push, 0);
  }

  private find(pusher: number): number {
    for (let push = 0; push < this.table.length; push++) if (this.table.pusher[push] === pusher) return push;
    return -1;
  }

  private rowOf(pusher: number): number {
    const found = this.find(pusher);
    if (found >= 0) return found;
    const push = this.table.add();
    this.table.pusher[push] = pusher;
    return push;
  }

  save(): unknown {
    return { table: this.table.save(), errands: this.errands.slice() };
  }

  load(saved: unknown): void {
    const from = saved as { table: unknown; errands: (Errand | undefined)[] };
    this.table.load(from.table);
    this.errands = from.errands.slice();
  }
}
