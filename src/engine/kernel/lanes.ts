import { priority, type Kernel } from "./kernel.ts";
import { makeInterleaved } from "./interleaved.ts";
import { makeTable, type Checkpointed } from "./table.ts";

/**
 * Timeouts of one length end in the order in which they began, so they share a FIFO lane whose head alone is in
 * the queue. A row stands in at most one lane of a `Lanes`; leaving it costs nothing but two links.
 */
export class Lanes implements Checkpointed {
  private readonly lanes = makeTable({ lengthUs: "f64", head: "i32", tail: "i32", armed: "u8" });
  private readonly seats = makeInterleaved({ next: "i32", previous: "i32", lane: "i32", cause: "i32", due: "f64" });
  private readonly laneOf = new Map<number, number>();
  private readonly kernel: Kernel;
  private readonly code: number;
  private readonly ended: (row: number) => void;

  /** Rows may be multiples of a stride (an interleaved table's), seats are of theirs; both strides are powers of two. */
  private readonly rowShift: number;
  private readonly seatShift: number;

  /** `ended` is called for each row whose time is over, with the kernel's cause set to the one it began with. */
  constructor(kernel: Kernel, code: number, ended: (row: number) => void, rowStride = 1) {
    this.kernel = kernel;
    this.code = code;
    this.ended = ended;
    this.rowShift = 31 - Math.clz32(rowStride);
    this.seatShift = 31 - Math.clz32(this.seats.stride);
    kernel.on(code, (lane) => this.tick(lane));
  }

  /** Begins (or begins anew) the row's time. */
  start(row: number, lengthUs: number): void {
    const seat = this.seatOf(row);
    const { lanes, seats, kernel } = this;
    if (seat >= seats.length) this.makeSeats(seat);
    else if (seats.lane[seat] !== 0) this.leave(seat);
    const lane = this.laneFor(lengthUs);
    const tail = lanes.tail[lane]!;
    seats.lane[seat] = lane + 1;
    seats.due[seat] = kernel.nowUs + lengthUs;
    seats.cause[seat] = kernel.cause;
    seats.next[seat] = 0;
    seats.previous[seat] = tail;
    lanes.tail[lane] = seat + 1;
    if (tail !== 0) seats.next[tail - 1] = seat + 1;
    else {
      lanes.head[lane] = seat + 1;
      if (lanes.armed[lane] === 0) this.arm(lane, seat);
    }
  }

  stop(row: number): void {
    const seat = this.seatOf(row);
    if (seat < this.seats.length && this.seats.lane[seat] !== 0) this.leave(seat);
  }

  private seatOf(row: number): number {
    return (row >> this.rowShift) << this.seatShift;
  }

  private makeSeats(last: number): void {
    while (this.seats.length <= last) this.seats.add();
  }

  private leave(seat: number): void {
    const { lanes, seats } = this;
    const lane = seats.lane[seat]! - 1;
    const next = seats.next[seat]!;
    const previous = seats.previous[seat]!;
    if (previous === 0) lanes.head[lane] = next;
    else seats.next[previous - 1] = next;
    if (next === 0) lanes.tail[lane] = previous;
    else seats.previous[next - 1] = previous;
    seats.lane[seat] = 0;
  }

  /** When the row's time ends; 0 if it is in no lane. */
  dueUs(row: number): number {
    const seat = this.seatOf(row);
    return seat < this.seats.length && this.seats.lane[seat] !== 0 ? this.seats.due[seat]! : 0;
  }

  private tick(lane: number): void {
    const { lanes, seats, kernel } = this;
    lanes.armed[lane] = 0;
    for (;;) {
      const seat = lanes.head[lane]! - 1;
      if (seat < 0) return;
      if (seats.due[seat]! > kernel.nowUs) {
        if (lanes.armed[lane] === 0) this.arm(lane, seat);
        return;
      }
      this.leave(seat);
      kernel.cause = seats.cause[seat]!;
      this.ended((seat >> this.seatShift) << this.rowShift);
    }
  }

  private arm(lane: number, seat: number): void {
    this.lanes.armed[lane] = 1;
    this.kernel.queue.push(this.seats.due[seat]!, priority.timeout, this.code, lane, 0, 0, -1);
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
