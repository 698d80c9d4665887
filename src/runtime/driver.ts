import type { FromSession, ToSession } from "./protocol.ts";
import { Session, type SessionOptions } from "./session.ts";

const frameMs = 16;

/** The same two functions in a worker and on a page; a worker of an older browser has no animation frames. */
interface Screen {
  requestAnimationFrame?: (callback: () => void) => number;
  cancelAnimationFrame?: (handle: number) => void;
}

export interface DrivenSession {
  receive(message: ToSession): void;
  stop(): void;
}

/**
 * Gives a session the wall's time, once a frame: the only place in the runtime where time comes from outside.
 * @param post what the session says; the arrays of a frame may be transferred
 */
export function driveSession(options: Omit<SessionOptions, "post" | "clockMs">, post: (message: FromSession) => void): DrivenSession {
  const session = new Session({ ...options, post, clockMs: () => performance.now() });
  const stopBeating = beat((wallMs) => {
    const frame = session.advance(wallMs);
    if (frame !== null) post(frame);
  });
  return { receive: (message) => session.receive(message), stop: stopBeating };
}

/** Calls back once a frame with the time since the last one. */
function beat(onBeat: (wallMs: number) => void): () => void {
  const screen = globalThis as unknown as Screen;
  let stopped = false;
  let lastMs = performance.now();
  const turn = () => {
    if (stopped) return;
    const nowMs = performance.now();
    const wallMs = nowMs - lastMs;
    lastMs = nowMs;
    next();
    onBeat(wallMs);
  };
  const next = () => {
    if (screen.requestAnimationFrame !== undefined) screen.requestAnimationFrame(turn);
    else setTimeout(turn, frameMs);
  };
  next();
  return () => {
    stopped = true;
  };
}
