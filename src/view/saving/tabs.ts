import { hands } from "../hands/hands.ts";
import { useDocument } from "../state/document-store.ts";
import { kinds } from "../state/kinds.ts";
import { saveNow } from "./autosave.ts";

/** Lets go of the document that this tab wrote or followed. */
let letGo: () => void = () => {};

/**
 * One writer for each document among the tabs of a browser: whoever holds its lock. The others show what it does and
 * wait; when it closes, the first of them becomes the writer. Without locks (old or odd browsers) every tab writes.
 */
export async function joinTabs(id: string): Promise<void> {
  letGo();
  if (navigator.locks === undefined || typeof BroadcastChannel === "undefined") return;
  const channel = new BroadcastChannel(`breakwater ${id}`);
  const leave = new AbortController();
  let release: () => void = () => {};
  letGo = () => {
    leave.abort();
    release();
    channel.close();
  };
  const held = new Promise<void>((resolve) => (release = resolve));
  const isWriter = await hold(id, { ifAvailable: true }, held);
  if (leave.signal.aborted) return;
  if (isWriter) return lead(channel, leave.signal);
  follow(channel);
  void hold(id, { signal: leave.signal }, held).then((got) => {
    if (got) takeOver(channel, leave.signal);
  });
}

/** Resolves once it is known whether the lock is ours; keeps it until `held` is over. */
function hold(id: string, options: LockOptions, held: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    navigator.locks
      .request(`breakwater ${id}`, options, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : held;
      })
      .catch(() => resolve(false));
  });
}

/** Tells the others of every change. */
function lead(channel: BroadcastChannel, signal: AbortSignal): void {
  const tell = () => channel.postMessage(useDocument.getState().document);
  const stop = useDocument.subscribe((state, before) => {
    if (state.document !== before.document) tell();
  });
  channel.onmessage = (event) => {
    if (event.data === "what is it now?") tell();
  };
  signal.addEventListener("abort", stop);
}

function follow(channel: BroadcastChannel): void {
  useDocument.setState({ savedState: "following" });
  channel.onmessage = (event: MessageEvent<unknown>) => {
    hands(({ admit, followDocument }) => {
      const admitted = admit(event.data, kinds());
      if (admitted.ok) followDocument(admitted.document);
    });
  };
  channel.postMessage("what is it now?");
}

function takeOver(channel: BroadcastChannel, signal: AbortSignal): void {
  useDocument.setState({ savedState: "saved" });
  saveNow();
  lead(channel, signal);
}
