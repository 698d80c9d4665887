import type { ToPainter } from "./messages.ts";
import { Studio } from "./studio.ts";

const studio = new Studio((message) => self.postMessage(message));
self.addEventListener("message", (event: MessageEvent<ToPainter>) => studio.hear(event.data));
