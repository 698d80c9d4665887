/** How much wall time may be spent in one frame. The clock is handed in, and measures nothing but this. */
export class Budget {
  private endsMs = Infinity;
  private readonly clockMs: () => number;
  private readonly lengthMs: number;

  constructor(clockMs: () => number, lengthMs: number) {
    this.clockMs = clockMs;
    this.lengthMs = lengthMs;
  }

  begin(): void {
    this.endsMs = this.clockMs() + this.lengthMs;
  }

  get isSpent(): boolean {
    return this.clockMs() >= this.endsMs;
  }
}
