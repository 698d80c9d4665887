import { priority, type Kernel } from "./kernel.ts";
import { makeTable, type Checkpointed } from "./table.ts";

/**
 * Timeouts of one length end in the order in which they began, so they share a FIFO lane whose head alone is in
 * the queue. A row stands in at most one lane of a `Lanes`; leaving it costs nothing but two links.
 */
export class Lanes implements Checkpointed {
  private readonly lanes = makeTable({ lengthUs: "f64", head: "i32", tail: "i32", armed: "u8" });
  private readonly seats = makeTable({ next: "i32", previous: "i32", lane: "i32", due: "f64", cause: "i32" });
  private readonly laneOf = new Map<number, number>();
  private readonly kernel: Kernel;
  private readonly code: number;
  private readonly ended: (row: number) => void;

  /** `ended` is called for each row whose time is over, with the kernel's cause set to the one it began with. */
  constructor(kernel: Kernel, code: number, ended: (row: number) => void) {
    this.kernel = kernel;
    this.code = code;
    this.ended = ended;
    kernel.on(code, (lane) => this.tick(lane));
  }

  /** Begins (or begins anew) the row's time. */
  start(row: number, lengthUs: number): void {
    while (this.seats.length <= row) this.seats.add();
    this.stop(row);
    const lane = this.laneFor(lengthUs);
    const { lanes, seats, kernel } = this;
    const tail = lanes.tail[lane]!;
    seats.lane[row] = lane + 1;
    seats.due[row] = kernel.nowUs + lengthUs;
    seats.cause[row] = kernel.cause;
    seats.next[row] = 0;
    seats.previous[row] = tail;
    lanes.tail[lane] = row + 1;
    if (tail !== 0) seats.next[tail - 1] = row + 1;
    else {
      lanes.head[lane] = row + 1;
      if (lanes.armed[lane] === 0) this.arm(lane, row);
    }
  }

  stop(row: number): void {
    const { lanes, seats } = this;
    if (row >= seats.length) return;
    const lane = seats.lane[row]! - 1;
    if (lane < 0) return;
    const next = seats.next[row]!;
    const previous = seats.previous[row]!;
    if (previous === 0) lanes.head[lane] = next;
    else seats.next[previous - 1] = next;
    if (next === 0) lanes.tail[lane] = previous;
    else seats.previous[next - 1] = previous;
    seats.lane[row] = 0;
  }

  /** When the row's time ends; 0 if it is in no lane. */
  dueUs(row: number): number {
    return row < this.seats.length && this.seats.lane[row] !== 0 ? this.seats.due[row]! : 0;
  }

  private tick(lane: number): void {
    const { lanes, seats, kernel } = this;
    lanes.armed[lane] = 0;
    for (;;) {
      const row = lanes.head[lane]! - 1;
      if (row < 0) return;
      if (seats.due[row]! > kernel.nowUs) {
        if (lanes.armed[lane] === 0) this.arm(lane, row);
        return;
      }
      this.stop(row);
      kernel.cause = seats.cause[row]!;
      this.ended(row);
    }
  }

  private arm(lane: number, row: number): void {
    this.lanes.armed[lane] = 1;
    this.kernel.queue.push(this.seats.due[row]!, priority.timeout, this.code, lane, 0, 0, -1);
  }

  /** Few lengths are in use at a time: a look at the first ones beats a map. */
  private laneFor(lengthUs: number): number {
    const lengths = this.lanes.lengthUs;
    const near = this.lanes.length < 8 ? this.lanes.length : 8;
    for (let lane = 0; lane < near; lane++) if (lengths[lane] === lengthUs) return lane;
    return this.laneOf.get(lengthUs) ?? this.addLane(lengthUs);
  }

  private addLane(lengthUs: number): number {
    const lane = this.lanes.add();
    this.lanes.lengthUs[lane] = lengthUs;
    this.laneOf.set(lengthUs, lane);
    return lane;
  }

  save(): unknown {
    return { lanes: this.lanes.save(), seats: this.seats.save() };
  }

  load(saved: unknown): void {
    const from = saved as { lanes: unknown; seats: unknown };
    this.lanes.load(from.lanes);
    this.seats.load(from.seats);
    this.laneOf.clear();
    for (let lane = 0; lane < this.lanes.length; lane++) this.laneOf.set(this.lanes.lengthUs[lane]!, lane);
  }
}
