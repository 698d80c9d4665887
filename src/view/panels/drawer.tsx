import { Suspense, useRef } from "react";
import { IconButton } from "../shell/button.tsx";
import { useFocusBackFrom } from "../shell/focus.ts";
import { CloseIcon } from "../shell/icons.tsx";
import { useCovering } from "../state/covered.ts";
import { laterView } from "../state/later.ts";
import { useUi, type UiState } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";
import { CountersPanel } from "./counters-panel.tsx";

const LogPanel = laterView(() => import("./log-panel.tsx").then(({ LogPanel }) => LogPanel));
const SchedulePanel = laterView(() => import("./schedule-panel.tsx").then(({ SchedulePanel }) => SchedulePanel));
const DirectoryPanel = laterView(() => import("./directory-panel.tsx").then(({ DirectoryPanel }) => DirectoryPanel));

const drawers = ["log", "counters", "directory", "schedule"] as const;
const panels = { log: LogPanel, counters: CountersPanel, directory: DirectoryPanel, schedule: SchedulePanel };

/** What is read beside the canvas: it lies over its foot and leaves the rest in sight. */
export function Drawer({ open }: { readonly open: NonNullable<UiState["drawer"]> }) {
  const t = useWords();
  const Panel = panels[open];
  const root = useRef<HTMLElement>(null);
  useFocusBackFrom(root);
  useCovering("foot", root);
  return (
    <section ref={root} className="drawer" aria-label={t(`drawer.${open}`)}>
      <div className="flex items-center gap-1 border-b border-hair px-2">
        {drawers.map((drawer) => (
          <button
            key={drawer}
            type="button"
            className="drawer-tab"
            aria-pressed={drawer === open}
            onClick={() => useUi.setState({ drawer })}
          >
            {t(`drawer.${drawer}`)}
          </button>
        ))}
        <span className="flex-1" />
        <IconButton label={t("close")} onClick={() => useUi.setState({ drawer: null })}>
          <CloseIcon size={15} />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1">
        <Suspense fallback={null}>
          <Panel />
        </Suspense>
      </div>
    </section>
  );
}
