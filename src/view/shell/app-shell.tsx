import { lazy, Suspense, useEffect } from "react";
import { Drawer } from "../panels/drawer.tsx";
import { Palette } from "../panels/palette.tsx";
import { useDocument } from "../state/document-store.ts";
import { useUi } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";
import { titleIn } from "./document-title.tsx";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";
import { Notices } from "./notices.tsx";

const Canvas = lazy(() => import("../canvas/canvas.tsx").then(({ Canvas }) => ({ default: Canvas })));
const Inspector = lazy(() => import("../panels/inspector.tsx").then(({ Inspector }) => ({ default: Inspector })));
const Dialogs = lazy(() => import("../dialogs/dialogs.tsx"));
const JourneyPanel = lazy(() => import("../panels/journey-panel.tsx"));

/** The page: the canvas, and around it whatever isn't folded away. */
export function AppShell() {
  const t = useWords();
  useTitle();
  const { presenting, palette, inspector, footer, drawer, dialog, journey } = useUi();
  return (
    <div className="app" data-presenting={presenting}>
      {!presenting && <Header />}
      {palette && !presenting && <Palette />}
      <main className="stage" aria-label={t("canvas")}>
        <h1 className="sr-only">Breakwater</h1>
        <Suspense fallback={null}>
          <Canvas />
        </Suspense>
        <Notices />
        {drawer !== null && !presenting && <Drawer open={drawer} />}
        {journey !== null && (
          <Suspense fallback={null}>
            <JourneyPanel />
          </Suspense>
        )}
      </main>
      {inspector && !presenting && (
        <Suspense fallback={<div className="inspector" />}>
          <Inspector />
        </Suspense>
      )}
      {(footer || presenting) && <Footer />}
      {dialog !== null && (
        <Suspense fallback={null}>
          <Dialogs />
        </Suspense>
      )}
    </div>
  );
}

/** The browser's tab is called after the diagram. */
function useTitle(): void {
  const { language } = useWords();
  const title = useDocument((state) => titleIn(state.document.title, language));
  useEffect(() => void (document.title = `${title} · Breakwater`), [title]);
}
