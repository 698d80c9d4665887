import type { Topology } from "../../document/topology.ts";
import { toast } from "./toast.ts";
import { exampleUrl, rememberExample } from "../saving/which-example.ts";
import { openNew } from "../saving/open.ts";
import { words } from "../words/words.ts";

/** An entry of `examples/index.json`: the file's stem, and its title and note in each language. */
export interface Example {
  readonly id: string;
  readonly title: Topology["title"];
  readonly note?: Topology["note"];
}

let known: Promise<readonly Example[]> | null = null;

/** What the app ships, as `examples/index.json` lists it. */
export const fetchExamples = (): Promise<readonly Example[]> =>
  (known ??= fetch("examples/index.json").then((response) => (response.ok ? (response.json() as Promise<readonly Example[]>) : [])));

/**
 * Opens an example as a document of one's own. What the app ships is already what the gate would make of it, which
 * `scenarios/examples.test.ts` holds every example to: so the first card needn't wait for the gate.
 */
export async function openExample(id: string): Promise<boolean> {
  const example = await fetchExample(id).catch(() => null);
  if (example === null) {
    toast.refuse(words()("missingExample", { name: id }));
    return false;
  }
  openNew(example, { made: false });
  rememberExample(id);
  return true;
}

interface EarlyExample {
  readonly id: string;
  readonly response: Promise<Response>;
}
let early: EarlyExample | null = null;

/** The composition root hands down what was asked for before anything else. */
export function provideEarlyExample(example: EarlyExample): void {
  early = example;
}

export async function fetchExample(id: string): Promise<Topology | null> {
  const asked = early?.id === id ? early.response : fetch(exampleUrl(id));
  early = null;
  const response = await asked;
  return response.ok ? ((await response.json()) as Topology) : null;
}
