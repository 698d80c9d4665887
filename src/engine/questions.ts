import { linkRoles } from "../document/link-settings.ts";
import type { Found } from "./discovery.ts";
import { presence } from "./entities.ts";
import { hop } from "./feed.ts";
import { priority } from "./kernel/kernel.ts";
import { makeTable, type Checkpointed } from "./kernel/table.ts";
import { code } from "./protocol.ts";
import type { Run } from "./run.ts";
import type { LinkConfig } from "./world.ts";

/** A question that is not answered within this time is given up, and the call that waits for it with it. */
const patienceUs = 1_000_000;
/** The kernel of a caller that hangs keeps the answer: so often one looks whether it is awake. */
const wakeUs = 100_000;

/** Lookups for one request each: a call waits until the registry has said who is there. */
export class Questions implements Checkpointed {
  private readonly run: Run;
  private readonly table = makeTable({
    link: "i32",
    task: "i32",
    taskGeneration: "i32",
    attempt: "i32",
    ordinal: "i32",
    generation: "i32",
    chain: "i32",
    /** What came back: nothing yet, an answer, or a refusal. */
    answer: "u8",
  });

  constructor(run: Run) {
    this.run = run;
    run.kernel.on(code.askAnswer, (caller, question, generation) => this.answered(caller, question, generation));
    run.kernel.on(code.askTimeout, (caller, question, generation) => this.timedOut(caller, question, generation));
  }

  ask(link: LinkConfig, task: number, attempt: number, ordinal: number): void {
    const { kernel, feed, tasks, members } = this.run;
    const { table } = this;
    const registry = members.at(link);
    const question = table.add();
    table.link[question] = link.row;
    table.task[question] = task;
    table.taskGeneration[question] = tasks.table.generation[task]!;
    table.attempt[question] = attempt;
    table.ordinal[question] = ordinal;
    table.answer[question] = 0;
    const generation = table.generation[question]!;
    kernel.after(link.latencyUs, priority.arrival, code.asked, registry, question, generation);
    kernel.after(patienceUs, priority.timeout, code.askTimeout, link.from, question, generation);
    const [client, number] = [tasks.table.client[task]!, tasks.table.number[task]!];
    if (feed.on) feed.hop(kernel.nowUs, kernel.nowUs + link.latencyUs, link.from, registry, members.wire(link), hop.lookup, client, number);
  }

  /** The link over which a question came, if anybody still waits for it. */
  linkOf(question: number, generation: number): LinkConfig | null {
    return this.table.generation[question] === generation ? (this.run.world.links[this.table.link[question]!] ?? null) : null;
  }

  /** The registry's side: who is there; null where nobody listens. */
  reply(link: LinkConfig, question: number, found: readonly Found[] | null): void {
    const { kernel, feed, discovery, members } = this.run;
    this.table.answer[question] = found === null ? 2 : 1;
    this.table.chain[question] = found === null ? 0 : discovery.write(found);
    const generation = this.table.generation[question]!;
    kernel.after(link.latencyUs, priority.completion, code.askAnswer, link.from, question, generation);
    if (feed.on) feed.hop(kernel.nowUs, kernel.nowUs + link.latencyUs, members.at(link), link.from, members.wire(link), hop.tell, -1, -1);
  }

  private answered(caller: number, question: number, generation: number): void {
    const { kernel, entities, members } = this.run;
    const link = this.linkOf(question, generation);
    if (link === null || !members.connects(link)) return;
    if (entities.presence[caller] === presence.hung)
      return kernel.after(wakeUs, priority.completion, code.askAnswer, caller, question, generation);
    if (entities.effective[caller] === presence.open) this.end(question, this.table.answer[question] === 1);
  }

  /** What hangs notices that its time is over when it is awake. */
  private timedOut(caller: number, question: number, generation: number): void {
    const { kernel, entities } = this.run;
    if (this.table.generation[question] !== generation) return;
    if (entities.presence[caller] === presence.hung)
      return kernel.after(wakeUs, priority.timeout, code.askTimeout, caller, question, generation);
    this.end(question, false);
  }

  private end(question: number, well: boolean): void {
    const { calling, discovery, world } = this.run;
    const { table } = this;
    const [task, taskGeneration, attempt, ordinal] = [
      table.task[question]!,
      table.taskGeneration[question]!,
      table.attempt[question]!,
      table.ordinal[question]!,
    ];
    const row = table.link[question]!;
    const link = world.links[row];
    // A chain that was written is read, so that its rows are free again.
    const found = table.answer[question] === 1 ? discovery.read(table.chain[question]!) : [];
    table.generation[question]!++;
    table.drop(question);
    const isLookup = link !== undefined && linkRoles[link.role].asks === "lookup";
    if (isLookup && well) discovery.learn(link, found);
    else if (isLookup) discovery.giveUp(link);
    calling.resume(row, task, taskGeneration, attempt, ordinal, isLookup && well);
  }

  save(): unknown {
    return this.table.save();
  }

  load(saved: unknown): void {
    this.table.load(saved);
  }
}
