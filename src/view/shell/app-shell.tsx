import { lazy, Suspense } from "react";
import { Canvas } from "../canvas/canvas.tsx";
import { Drawer } from "../panels/drawer.tsx";
import { Inspector } from "../panels/inspector.tsx";
import { Palette } from "../panels/palette.tsx";
import { useUi } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";
import { Notices } from "./notices.tsx";

const Dialogs = lazy(() => import("../dialogs/dialogs.tsx"));
const JourneyPanel = lazy(() => import("../panels/journey-panel.tsx"));

/** The page: the canvas, and around it whatever isn't folded away. */
export function AppShell() {
  const t = useWords();
  const { presenting, palette, inspector, footer, drawer, dialog, journey } = useUi();
  return (
    <div className="app" data-presenting={presenting}>
      {!presenting && <Header />}
      {palette && !presenting && <Palette />}
      <main className="stage" aria-label={t("canvas")}>
        <Canvas />
        <Notices />
        {drawer !== null && !presenting && <Drawer open={drawer} />}
        {journey !== null && (
          <Suspense fallback={null}>
            <JourneyPanel />
          </Suspense>
        )}
      </main>
      {inspector && !presenting && <Inspector />}
      {(footer || presenting) && <Footer />}
      {dialog !== null && (
        <Suspense fallback={null}>
          <Dialogs />
        </Suspense>
      )}
    </div>
  );
}
