/** Something that can be listened to: the smallest store that `useSyncExternalStore` accepts. */
export class Topic<Message = void> {
  readonly #listeners = new Set<(message: Message) => void>();

  readonly subscribe = (listener: (message: Message) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  tell(message: Message): void {
    for (const listener of [...this.#listeners]) listener(message);
  }
}

/** One topic for each key, so that a change of one thing wakes only those who watch that thing. */
export class KeyedTopic {
  readonly #topics = new Map<string, Topic>();

  subscribe(key: string, listener: () => void): () => void {
    const topic = this.#topics.get(key) ?? new Topic();
    this.#topics.set(key, topic);
    return topic.subscribe(listener);
  }

  tell(key: string): void {
    this.#topics.get(key)?.tell();
  }

  tellAll(): void {
    for (const topic of [...this.#topics.values()]) topic.tell();
  }
}

/** Wakes its listeners at most once in `everyMs`, and once more at the end, so that the last word is never lost. */
export class Throttle {
  readonly #tell: () => void;
  readonly #everyMs: number;
  #lastMs = -Infinity;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(everyMs: number, tell: () => void) {
    this.#everyMs = everyMs;
    this.#tell = tell;
  }

  request(): void {
    if (this.#timer !== null) return;
    const waitMs = this.#lastMs + this.#everyMs - performance.now();
    if (waitMs <= 0) this.#fire();
    else this.#timer = setTimeout(() => this.#fire(), waitMs);
  }

  #fire(): void {
    this.#timer = null;
    this.#lastMs = performance.now();
    this.#tell();
  }
}
