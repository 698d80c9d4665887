import { Suspense, useEffect } from "react";
import { Canvas } from "../canvas/canvas.tsx";
import { Palette } from "../panels/palette.tsx";
import { useDocument } from "../state/document-store.ts";
import { laterView } from "../state/later.ts";
import { useStands } from "../state/stands.ts";
import { useUi } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";
import { titleIn } from "./document-title.tsx";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";
import { Notices } from "./notices.tsx";

const Inspector = laterView(() => import("../panels/inspector.tsx").then(({ Inspector }) => Inspector));
const Dialogs = laterView(() => import("../dialogs/dialogs.tsx").then(({ Dialogs }) => Dialogs));
const Drawer = laterView(() => import("../panels/drawer.tsx").then(({ Drawer }) => Drawer));
const JourneyPanel = laterView(() => import("../panels/journey-panel.tsx").then(({ JourneyPanel }) => JourneyPanel));

/** The page: the canvas, and around it whatever isn't folded away. */
export function AppShell() {
  const t = useWords();
  useTitle();
  useFetchingAhead();
  const { presenting, palette, inspector, footer, drawer, dialog, journey } = useUi();
  return (
    <div className="app" data-presenting={presenting}>
      {!presenting && <Header />}
      {palette && !presenting && <Palette />}
      <main className="stage" aria-label={t("canvas")}>
        <h1 className="sr-only">Breakwater</h1>
        <Canvas />
        <Notices />
        <Suspense fallback={null}>{drawer !== null && !presenting && <Drawer open={drawer} />}</Suspense>
        <Suspense fallback={null}>{journey !== null && <JourneyPanel />}</Suspense>
      </main>
      {inspector && !presenting && <Inspecting />}
      {(footer || presenting) && <Footer />}
      <Suspense fallback={null}>{dialog !== null && <Dialogs />}</Suspense>
    </div>
  );
}

/** What opens at a press of a key or a button is fetched before that. */
function useFetchingAhead(): void {
  const { stands } = useStands();
  useEffect(() => {
    if (stands) for (const part of [Inspector, Drawer, Dialogs, JourneyPanel]) part.fetchAhead();
  }, [stands]);
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
