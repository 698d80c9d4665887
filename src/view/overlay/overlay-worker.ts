import type { FromEngine, ToPainter } from "./messages.ts";
import { Studio } from "./studio.ts";

const studio = new Studio((message) => self.postMessage(message));

/** The page's own thread speaks of what is drawn and from where it is seen, the engine's worker of what travels. */
const hear = ({ data }: MessageEvent<ToPainter | FromEngine>): void => {
  if (data.type === "engine") data.port.onmessage = hear;
  else studio.hear(data);
};
self.addEventListener("message", hear);
