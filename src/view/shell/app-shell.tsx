import { lazy, Suspense, useEffect } from "react";
import { Canvas } from "../canvas/canvas.tsx";
import { Drawer } from "../panels/drawer.tsx";
import { Palette } from "../panels/palette.tsx";
import { useDocument } from "../state/document-store.ts";
import { useStands } from "../state/stands.ts";
import { useUi } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";
import { titleIn } from "./document-title.tsx";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";
import { Notices } from "./notices.tsx";

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
        <Canvas />
        <Notices />
        {drawer !== null && !presenting && <Drawer open={drawer} />}
        {journey !== null && (
          <Suspense fallback={null}>
            <JourneyPanel />
          </Suspense>
        )}
      </main>
      {inspector && !presenting && <Inspecting />}
      {(footer || presenting) && <Footer />}
      {dialog !== null && (
        <Suspense fallback={null}>
          <Dialogs />
        </Suspense>
      )}
    </div>
  );
}

/** Its place is kept from the first frame on; it is fetched once the canvas has been painted. */
function Inspecting() {
  const { stands } = useStands();
  const empty = <div className="inspector" />;
  return stands ? (
    <Suspense fallback={empty}>
      <Inspector />
    </Suspense>
  ) : (
    empty
  );
}

/** The browser's tab is called after the diagram. */
function useTitle(): void {
  const { language } = useWords();
  const title = useDocument((state) => titleIn(state.document.title, language));
  useEffect(() => void (document.title = `${title} · Breakwater`), [title]);
}
