import { admitText } from "../../document/admit.ts";
import type { Topology } from "../../document/topology.ts";
import { kinds } from "../state/kinds.ts";

/** An entry of `examples/index.json`: the file's stem, and its title in each language. */
export interface Example {
  readonly id: string;
  readonly title: Topology["title"];
  readonly note?: Topology["note"];
}
