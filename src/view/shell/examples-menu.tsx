import { useState } from "react";
import { fetchList, type Listed } from "../saving/shelf.ts";
import { openBlank, openKept } from "../saving/open.ts";
import { openDocumentId } from "../saving/autosave.ts";
import { useWords } from "../words/words.ts";
import { titleIn } from "./document-title.tsx";
import { fetchExamples, openExample, type Example } from "./examples.ts";
import { Menu, type MenuItem, type MenuRule } from "./menu.tsx";

const recentShown = 8;

/** Examples to open, documents to go back to, and an empty page. */
export function ExamplesMenu() {
  const t = useWords();
  const [examples, setExamples] = useState<readonly Example[]>([]);
  const [kept, setKept] = useState<readonly Listed[]>([]);
  const fetchBoth = () =>
    Promise.all([fetchExamples().then(setExamples, () => setExamples([])), fetchList().then(setKept, () => setKept([]))]);
  const recent = kept.filter((entry) => entry.id !== openDocumentId()).slice(0, recentShown);
  const items: (MenuItem | MenuRule)[] = [
    { heading: t("examples") },
    ...examples.map((example) => ({ label: titleIn(example.title, t.language), run: () => void openExample(example.id) })),
    { heading: t("documents") },
    { label: t("newDocument"), run: openBlank },
    ...recent.map((entry) => ({
      label: titleIn(entry.title, t.language),
      note: new Date(entry.savedAt).toLocaleString(t.language),
      run: () => void openKept(entry.id),
    })),
  ];
  return (
    <Menu label={t("examples")} items={items} end prepare={fetchBoth}>
      {t("examples")}
    </Menu>
  );
}
