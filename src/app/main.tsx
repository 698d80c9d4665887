import { createRoot } from "react-dom/client";
import { declarations } from "../kinds/declarations.ts";
import { faces } from "../kinds/faces.ts";
import { kindWordsByKind } from "../kinds/words.ts";
import { throughWorker, type SessionPort } from "../runtime/worker-session.ts";
import { provideFaces } from "../view/kit/face.ts";
import { hands } from "../view/hands/hands.ts";
import { listenForKeys } from "../view/keys/listen.ts";
import { autosave } from "../view/saving/autosave.ts";
import { listenForDrops } from "../view/saving/import-file.ts";
import { openFirst } from "../view/saving/open-first.ts";
import { provideEarlyExample } from "../view/shell/examples.ts";
import { AppShell } from "../view/shell/app-shell.tsx";
import { provideKinds } from "../view/state/kinds.ts";
import { fetchPart } from "../view/state/later.ts";
import { joinSession, send } from "../view/state/run-store.ts";
import { recordSeries } from "../view/state/series.ts";
import { standAfterPaint } from "../view/state/stands.ts";
import { followTheme } from "../view/state/theme-store.ts";
import "../view/theme.css";
import { currentLanguage, learn, provideKindWords, useLanguage } from "../view/words/words.ts";
import { earlyExample, earlyFailure, engineWorker, isInProcess } from "./boot.ts";
import { exposeForTests } from "./expose.ts";

/** The composition root of the page: the only place there that knows all kinds, and the session. */
provideKinds(declarations);
provideFaces(faces);
provideKindWords(kindWordsByKind);
provideEarlyExample(earlyExample);
followTheme();
followLanguage();

void start();

/** Not awaited: what is fetched later imports from this very file, and would wait for it to end. */
async function start(): Promise<void> {
  const port = await connect();
  await learn(currentLanguage());
  joinSession(port, (document) => hands(({ takeDocument }) => takeDocument(document)));
  if (earlyFailure !== null) engineWorker?.onerror?.(earlyFailure);
  recordSeries();
  autosave();
  listenForKeys();
  listenForDrops();
  exposeForTests(port);
  document.addEventListener("visibilitychange", () => send({ type: "visible", visible: document.visibilityState === "visible" }));
  // The document is on its way while the page around it is made.
  const opening = openFirst();
  createRoot(document.getElementById("root")!).render(<AppShell />);
  // Where a document that was saved cannot be opened, because the gate could not be fetched, the page says so itself.
  await opening.catch(() => undefined);
  await standAfterPaint();
  const { listenForClipboard } = await fetchPart(() => import("../view/saving/clipboard.ts"));
  listenForClipboard();
}

/** The engine in its worker; `?in-process` plays it on this thread, which the tests hold against the worker. */
async function connect(): Promise<SessionPort> {
  if (isInProcess) return (await import("./engine-here.ts")).connectHere();
  return throughWorker(engineWorker as never);
}

function followLanguage(): void {
  const say = ({ language }: { readonly language: string }) => void (document.documentElement.lang = language === "zh" ? "zh-CN" : "en");
  say(useLanguage.getState());
  useLanguage.subscribe(say);
}
