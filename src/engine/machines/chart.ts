/** A machine to draw, with the state that is lit now. */
export interface ChartDescription {
  readonly machine: string;
  readonly states: readonly string[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly event: string }[];
  readonly current: string;
}
