import { presence } from "./entities.ts";
import { hop } from "./feed.ts";
import type { Hosting } from "./hosting.ts";
import { baseImage } from "./images/base-images.ts";
import { GivenImages, type GivenImage } from "./images/given-images.ts";
import { configBytes, type Image } from "./images/image.ts";
import { pullPlan } from "./images/transfer.ts";
import { priority } from "./kernel/kernel.ts";
import type { Checkpointed } from "./kernel/table.ts";
import { imagePull } from "./machines/image-pull.ts";
import { code } from "./protocol.ts";
import { baseWanted, makePulls, type Errand } from "./pull-table.ts";
import type { Run } from "./run.ts";
import type { LinkConfig } from "./world.ts";

/** Docker fetches three layers at a time. */
const layersAtOnce = 3;
/** A registry of which nothing has come for this long cannot be had. */
const silenceUs = 10_000_000;

/**
 * Pulls of images by machines: the manifest, then the missing layers, three at a time. A machine without a link to an
 * image registry has at hand whatever nobody builds here.
 */
export class Pulls implements Checkpointed {
  private readonly run: Run;
  readonly table = makePulls();
  private errands: (Errand | undefined)[] = [];
  private readonly given = new GivenImages();
  private readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly life: Hosting;

  constructor(run: Run) {
    this.run = run;
    run.kernel.on(code.pullTimeout, (_, pull) => {
      if (this.table.dueUs[pull] === run.kernel.nowUs) this.fail(pull);
    });
    this.life = run.host(imagePull, {
      column: this.table,
      delayUs: () => 0,
      effects: {
        asked: (pull) => this.askManifest(pull),
        fetch: (pull) => this.askLayers(pull),
        have: (pull) => this.complete(pull),
        "gave-up": (pull) => this.settle(pull, false),
      },
      onChange: (pull) => this.run.touch(this.table.machine[pull]!),
    });
    run.kernel.on(code.manifestAnswer, (_, pull, answer) => this.manifestCame(pull, answer));
    run.kernel.on(code.layerAnswer, (_, pull, answer) => this.layerCame(pull, answer));
  }

  /** The machine's way to an image registry, if it has one. */
  linkOf(machine: number): LinkConfig | undefined {
    return this.run.node(machine).links.find((link) => link.role === "pull");
  }

  /** The registry that a machine pulls from; −1: none. */
  registryOf(machine: number): number {
    return this.linkOf(machine)?.to ?? -1;
  }

  has(machine: number, wanted: GivenImage): boolean {
    return this.isAtHand(machine, wanted.name) || this.run.images.onMachine(machine, wanted.name) !== null;
  }

  private isAtHand(machine: number, name: string): boolean {
    return this.linkOf(machine) === undefined && this.run.builderOf(name) < 0;
  }

  /** The image that a name stands for on a machine; null: it must be pulled, or built. */
  localImage(machine: number, name: string): Image | null {
    const there = this.run.images.onMachine(machine, name);
    if (there !== null) return there;
    return this.isAtHand(machine, name) ? baseImage(name) : null;
  }

  /** The image is on the machine as if it had always been; false if there is no such image. */
  grant(machine: number, wanted: GivenImage): boolean {
    if (this.isAtHand(machine, wanted.name)) return true;
    const image = this.imageBefore(wanted);
    if (image === null) return false;
    const pull = this.findOrAdd(machine, wanted);
    this.table.done[pull] = image.layers.length;
    this.run.images.shelve(machine, wanted.name, image);
    this.life.place(pull, "present");
    return true;
  }

  grantBase(machine: number, name: string): void {
    this.grant(machine, baseWanted(name));
  }

  /** Asks the registry for an image that something is to be built upon, even if one of that name is there. */
  askBase(machine: number, asker: number, name: string): void {
    const link = this.linkOf(machine);
    if (link !== undefined) return this.pull(machine, asker, baseWanted(name), link);
    this.run.of(asker).imageSettled?.(asker, name, this.localImage(machine, name) !== null);
  }

  /** What a name stood for before the run began: what is built here had been built, and the rest is public. */
  private imageBefore(wanted: GivenImage): Image | null {
    const builder = this.run.builderOf(wanted.name);
    if (builder >= 0) return this.run.of(builder).prebuild?.(builder) ?? null;
    return baseImage(wanted.name) ?? (wanted.layers > 0 ? this.given.of(wanted) : null);
  }

  /**
   * Asks for an image on behalf of a thing in the machine; the answer comes by `imageSettled`, at once if it is there.
   * `isFresh`: the registry is asked even then, since the tag may have moved.
   */
  ask(machine: number, asker: number, wanted: GivenImage, isFresh = false): void {
    const { run } = this;
    const link = this.linkOf(machine);
    if (link === undefined || (!isFresh && this.has(machine, wanted))) {
      return run.of(asker).imageSettled?.(asker, wanted.name, this.has(machine, wanted));
    }
    this.pull(machine, asker, wanted, link);
  }

  /** Asks the registry even for what is there: its tag may stand for another image by now. */
  private pull(machine: number, asker: number, wanted: GivenImage, link: LinkConfig): void {
    const { run, life, table } = this;
    const pull = this.findOrAdd(machine, wanted);
    if (this.isUnderWay(pull)) return;
    table.link[pull] = link.row;
    table.whose[pull] = asker + 1;
    // Of what is built here, or is public, only the registry knows how many layers it has.
    if (table.layers[pull] === 0 || run.builderOf(wanted.name) >= 0) run.note("asking-for-image", asker, link.to);
    else run.note("pulling", asker, link.to, table.layers[pull]!);
    life.send(pull, life.machine.eventOf("ASK"));
  }

  /** What lies on a machine's disk of images that are not whole yet. */
  fetchedKb(machine: number): number {
    let bytes = 0;
    for (let pull = 0; pull < this.table.length; pull++) {
      if (this.table.machine[pull] !== machine || !this.life.is(pull, "fetching")) continue;
      const { layers } = this.errands[pull]!;
      for (let index = 0; index < this.table.done[pull]!; index++) bytes += layers[index]!.bytes;
    }
    return bytes / 1000;
  }

  /** Layers fetched, and layers in all, of an image under way; null if it is not. */
  progress(machine: number, image: string): readonly [number, number] | null {
    const pull = this.find(machine, image);
    if (pull < 0 || this.life.is(pull, "present")) return null;
    return [this.table.done[pull]!, this.table.layers[pull]!];
  }

  stateOf(machine: number, image: string): string {
    const pull = this.find(machine, image);
    return pull < 0 ? "absent" : this.life.name(pull);
  }

  /** An image registry is gone in the midst of what it was sending: refused at once, or silent until that is noticed. */
  cutShort(registry: number, isSilent: boolean): void {
    const { run, table } = this;
    for (let pull = 0; pull < table.length; pull++) {
      const link = run.world.links[table.link[pull]!];
      if (link?.to !== registry || !this.isUnderWay(pull)) continue;
      table.generation[pull]!++;
      this.waitFor(pull);
      if (!isSilent) this.answer(pull, link, run.kernel.nowUs, code.layerAnswer, false);
    }
  }

  /** Nothing comes over some links any more: what was under way there is given up if it stays so. */
  hush(isHushed: (link: LinkConfig) => boolean): void {
    for (let pull = 0; pull < this.table.length; pull++) {
      const link = this.run.world.links[this.table.link[pull]!];
      if (link !== undefined && this.isUnderWay(pull) && isHushed(link)) this.waitFor(pull);
    }
  }

  /** A link is no more, or leads elsewhere: what was under way over it has failed. */
  dropLink(link: number): void {
    for (let pull = 0; pull < this.table.length; pull++) if (this.table.link[pull] === link && this.isUnderWay(pull)) this.fail(pull);
  }

  private waitFor(pull: number): void {
    const { kernel } = this.run;
    this.table.dueUs[pull] = kernel.nowUs + silenceUs;
    kernel.after(silenceUs, priority.timeout, code.pullTimeout, 0, pull, 0);
  }

  private isUnderWay(pull: number): boolean {
    return this.life.is(pull, "resolving") || this.life.is(pull, "fetching");
  }

  /** A machine that is made anew has an empty disk. */
  forget(machine: number): void {
    for (let pull = 0; pull < this.table.length; pull++) {
      if (this.table.machine[pull] !== machine) continue;
      this.void(pull);
      this.life.send(pull, this.life.machine.eventOf("FORGET"));
    }
    this.run.images.clear(machine);
  }

  /** The machine is down: what it was fetching is broken off, what it has stays on its disk. */
  breakOff(machine: number): void {
    for (let pull = 0; pull < this.table.length; pull++) {
      if (this.table.machine[pull] !== machine || this.life.is(pull, "present")) continue;
      this.void(pull);
      this.life.send(pull, this.life.machine.eventOf("FORGET"));
    }
  }

  private find(machine: number, image: string): number {
    const number = this.numbers.get(image);
    if (number === undefined) return -1;
    const { table } = this;
    for (let pull = 0; pull < table.length; pull++) if (table.machine[pull] === machine && table.image[pull] === number) return pull;
    return -1;
  }

  private findOrAdd(machine: number, wanted: GivenImage): number {
    const { table } = this;
    let pull = this.find(machine, wanted.name);
    if (pull < 0) {
      pull = table.add();
      table.machine[pull] = machine;
      table.image[pull] = this.numberOf(wanted.name);
    }
    // What is under way goes on as it was asked for.
    if (this.isUnderWay(pull)) return pull;
    table.layers[pull] = wanted.layers;
    this.errands[pull] = { wanted, image: null, layers: [] };
    return pull;
  }

  /** The registry's side: whether it has the image that a pull asks for. What nobody builds here was pushed long ago. */
  finds(registry: number, pull: number): boolean {
    const { wanted } = this.errands[pull]!;
    const published = this.run.images.inRegistry(registry, wanted.name);
    const image = published ?? (this.run.builderOf(wanted.name) < 0 ? this.imageBefore(wanted) : null);
    this.errands[pull] = { wanted, image, layers: [] };
    return image !== null;
  }

  /** The registry's side: the size of the next layer of a pull; they go out in the order in which they are asked for. */
  takeLayerBytes(registry: number, pull: number): number {
    const { bytes } = this.errands[pull]!.layers[this.table.sent[pull]!++]!;
    this.run.images.sent(registry, bytes);
    return bytes;
  }

  private numberOf(name: string): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      this.numbers.set(name, number);
    }
    return number;
  }

  private askManifest(pull: number): void {
    this.table.done[pull] = 0;
    this.table.asked[pull] = 0;
    this.table.sent[pull] = 0;
    this.send(pull, code.manifest, hop.pull);
    this.waitFor(pull);
  }

  /** What it has asked for already is on its way: only a question starts the wait for a sign of life. */
  private askLayers(pull: number): void {
    const { table } = this;
    const before = table.asked[pull]!;
    while (table.asked[pull]! < table.layers[pull]! && table.asked[pull]! - table.done[pull]! < layersAtOnce) {
      table.asked[pull]!++;
      this.send(pull, code.layer, hop.pull);
    }
    if (table.asked[pull]! > before) this.waitFor(pull);
  }

  private send(pull: number, message: number, kind: number): void {
    const { kernel, world, feed } = this.run;
    const link = world.links[this.table.link[pull]!];
    if (link === undefined) return;
    kernel.after(link.latencyUs, priority.arrival, message, link.to, pull, this.table.generation[pull]!);
    if (feed.on) feed.hop(kernel.nowUs, kernel.nowUs + link.latencyUs, link.from, link.to, link.row, kind, -1, -1);
  }

  /** The registry's side: the link on which a question reaches it; null if it does not. */
  asking(pull: number, generation: number): LinkConfig | null {
    const { world, network } = this.run;
    const link = world.links[this.table.link[pull]!];
    if (link === undefined || this.table.generation[pull] !== generation) return null;
    return network.connects(link.row, link.from, link.to) ? link : null;
  }

  /** The registry's side has the question in hand: bytes come, slowly maybe, until somebody says otherwise. */
  isComing(pull: number): void {
    this.table.dueUs[pull] = 0;
  }

  /** The registry's side: sends an answer at `atUs`. */
  answer(pull: number, link: LinkConfig, atUs: number, message: number, well: boolean): void {
    const { kernel, feed } = this.run;
    kernel.push(atUs + link.latencyUs, priority.completion, message, link.from, pull, this.table.generation[pull]! * 2 + (well ? 1 : 0));
    const kind = !well ? hop.refusal : message === code.layerAnswer ? hop.layer : hop.answer;
    if (feed.on) feed.hop(kernel.nowUs, atUs + link.latencyUs, link.to, link.from, link.row, kind, -1, -1);
  }

  private manifestCame(pull: number, answer: number): void {
    if (!this.isFor(pull, answer)) return;
    if ((answer & 1) === 0) return this.fail(pull);
    const { wanted, image } = this.errands[pull]!;
    const missing = pullPlan(image!, this.run.images.storeOf(this.table.machine[pull]!));
    // The configuration comes along with the layers; next to them its kilobyte takes no time.
    const layers = missing.flatMap(({ layer }) => layer ?? []);
    if (missing.length > 0) this.run.images.sent(this.registryOf(this.table.machine[pull]!), configBytes);
    this.errands[pull] = { wanted, image, layers };
    this.table.layers[pull] = layers.length;
    this.life.send(pull, this.life.machine.eventOf(layers.length === 0 ? "DONE" : "MANIFEST"));
  }

  private layerCame(pull: number, answer: number): void {
    const { table } = this;
    if (!this.isFor(pull, answer)) return;
    if ((answer & 1) === 0) return this.fail(pull);
    table.done[pull]!++;
    if (table.whose[pull]! > 0) this.run.note("layer", table.whose[pull]! - 1, -1, table.done[pull]!, table.layers[pull]!);
    for (const child of this.run.node(table.machine[pull]!).children) this.run.touch(child);
    if (this.run.disks.lacksRoom(table.machine[pull]!)) return this.fail(pull);
    if (table.done[pull]! < table.layers[pull]!) return this.askLayers(pull);
    this.life.send(pull, this.life.machine.eventOf("DONE"));
  }

  private complete(pull: number): void {
    const { wanted, image } = this.errands[pull]!;
    this.table.dueUs[pull] = 0;
    this.run.images.shelve(this.table.machine[pull]!, wanted.name, image!);
    this.run.imagesMoved();
    this.settle(pull, true);
  }

  private isFor(pull: number, answer: number): boolean {
    const { world, entities, network } = this.run;
    const machine = this.table.machine[pull]!;
    const link = world.links[this.table.link[pull]!];
    if (link === undefined || !network.connects(link.row, link.to, machine)) return false;
    return (
      this.table.generation[pull] === answer >> 1 && world.nodes[machine] !== undefined && entities.effective[machine] === presence.open
    );
  }

  private fail(pull: number): void {
    this.void(pull);
    this.life.send(pull, this.life.machine.eventOf("FAIL"));
  }

  /** Whatever is on its way for it is void, and its registry is told so. */
  private void(pull: number): void {
    const { run, table } = this;
    table.generation[pull]!++;
    table.dueUs[pull] = 0;
    run.wires.free(table.machine[pull]!);
    const link = run.world.links[table.link[pull]!];
    if (link !== undefined) run.of(link.to).pullBroken?.(link.to, pull);
  }

  private settle(pull: number, there: boolean): void {
    const { run, table } = this;
    const cause = run.kernel.cause;
    for (const child of run.node(table.machine[pull]!).children) {
      run.kernel.cause = cause;
      run.of(child).imageSettled?.(child, this.names[table.image[pull]!]!, there);
    }
  }

  save(): unknown {
    return { table: this.table.save(), names: [...this.names], errands: this.errands.slice() };
  }

  load(saved: unknown): void {
    const from = saved as { table: unknown; names: readonly string[]; errands: (Errand | undefined)[] };
    this.errands = from.errands.slice();
    this.names.splice(0, this.names.length, ...from.names);
    this.numbers.clear();
    this.names.forEach((name, number) => this.numbers.set(name, number));
    this.table.load(from.table);
  }
}
