import { admitText } from "../../document/admit.ts";
import type { Topology } from "../../document/topology.ts";
import { toast } from "./toast.ts";
import { rememberExample } from "../saving/last-example.ts";
import { openNew } from "../saving/open.ts";
import { refuseFile } from "../saving/import-file.ts";
import { words } from "../words/words.ts";
import { kinds } from "../state/kinds.ts";

/** An entry of `examples/index.json`: the file's stem, and its title and note in each language. */
export interface Example {
  readonly id: string;
  readonly title: Topology["title"];
  readonly note?: Topology["note"];
}

export const firstExample = "failover";

let known: Promise<readonly Example[]> | null = null;

/** What the app ships, as `examples/index.json` lists it. */
export const fetchExamples = (): Promise<readonly Example[]> =>
  (known ??= fetch("examples/index.json").then((response) => (response.ok ? (response.json() as Promise<readonly Example[]>) : [])));

/** Opens an example as a document of one's own. An example passes the same gate as any file. */
export async function openExample(id: string): Promise<boolean> {
  const name = `${id}.json`;
  const response = await fetch(`examples/${encodeURIComponent(id)}.json`).catch(() => null);
  if (response === null || !response.ok) {
    toast.refuse(words()("missingExample", { name: id }));
    return false;
  }
  const admitted = admitText(await response.text(), kinds());
  if (admitted.ok) {
    openNew(admitted.document, { made: false });
    rememberExample(id);
  } else refuseFile(name, admitted.errors);
  return admitted.ok;
}
