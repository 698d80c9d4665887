import type { Ask, FromSession, ToSession } from "./protocol.ts";

/** How a view speaks with a session, wherever it runs. */
export interface SessionPort {
  send(message: ToSession): void;
  /** @returns how to stop listening */
  listen(listener: (message: FromSession) => void): () => void;
  /** `Value` is what the protocol says beside `Answer`. */
  ask<Value>(question: Ask): Promise<Value>;
  close(): void;
  /** Sends what travels on the canvas to this port, past the page's own thread; there is no such way where there is no other thread. */
  paintThrough?(port: object): void;
}

/** What a worker hears: what a session hears, and to whom it shall tell what is to be painted. */
export type ToWorker = ToSession | { readonly type: "paint through"; readonly port: object };

/** What `throughWorker` needs of a Worker. */
export interface WorkerLike {
  postMessage(message: ToWorker, transfer?: object[]): void;
  onmessage: ((event: { data: FromSession }) => unknown) | null;
  onerror: ((event: { message?: string; preventDefault(): void }) => unknown) | null;
  terminate(): void;
}

/** A session in a worker, for a page that brings no engine of its own. */
export function throughWorker(worker: WorkerLike): SessionPort {
  const exchange = new Exchange((message) => worker.postMessage(message));
  worker.onmessage = ({ data }) => exchange.hear(data);
  worker.onerror = (event) => {
    event.preventDefault();
    exchange.hear({ type: "trouble", message: event.message ?? "the engine's worker failed" });
  };
  return {
    ...exchange.port(() => worker.terminate()),
    paintThrough: (port) => worker.postMessage({ type: "paint through", port }, [port]),
  };
}

/** Passes messages on to listeners, and answers to those who asked. Negative ids are its own; a view may number its asks up from 1. */
export class Exchange {
  private readonly listeners = new Set<(message: FromSession) => void>();
  private readonly waiting = new Map<number, (value: unknown) => void>();
  private lastId = 0;
  private readonly send: (message: ToSession) => void;

  constructor(send: (message: ToSession) => void) {
    this.send = send;
  }

  hear(message: FromSession): void {
    if (message.type === "answer" && this.waiting.has(message.id)) {
      this.waiting.get(message.id)!(message.value);
      this.waiting.delete(message.id);
    } else for (const listener of [...this.listeners]) listener(message);
  }

  port(close: () => void): SessionPort {
    return {
      send: this.send,
      listen: (listener) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
      ask: <Value>(question: Ask) =>
        new Promise<Value>((resolve) => {
          const id = --this.lastId;
          this.waiting.set(id, resolve as (value: unknown) => void);
          this.send({ type: "ask", id, ask: question });
        }),
      close,
    };
  }
}
