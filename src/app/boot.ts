import { askForLastAhead } from "../view/saving/shelf.ts";
import { exampleUrl, exampleAtFirst } from "../view/saving/which-example.ts";

/**
 * What takes longest begins first: the build puts this little script before the page's own, so that the engine starts
 * on its thread, and the example is on its way, while that one is still being fetched and read.
 */
export const isInProcess = new URLSearchParams(location.search).has("in-process");

export const engineWorker = isInProcess ? null : new Worker(new URL("./engine-worker.ts", import.meta.url), { type: "module" });

/** The engine's worker could not even start, before there was anybody to hear of it. */
export let earlyFailure: ErrorEvent | null = null;
engineWorker?.addEventListener("error", (event) => (earlyFailure = event), { once: true });

askForLastAhead();

const id = exampleAtFirst();
export const earlyExample = { id, response: fetch(exampleUrl(id)) };
// Who opens it is told.
earlyExample.response.catch(() => undefined);
