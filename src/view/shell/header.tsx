import { keyMap } from "../keys/key-map.ts";
import { uiCommands } from "../keys/ui-commands.ts";
import { useDocument } from "../state/document-store.ts";
import { switchTheme } from "../state/theme-store.ts";
import { openDialog, toggle } from "../state/ui-store.ts";
import { switchLanguage, useWords } from "../words/words.ts";
import { Button, IconButton } from "./button.tsx";
import { DocumentTitle } from "./document-title.tsx";
import { ExamplesMenu } from "./examples-menu.tsx";
import { HelpIcon, RedoIcon, SearchIcon, ThemeIcon, UndoIcon } from "./icons.tsx";
import { SavedMark } from "./saved-mark.tsx";
import { ViewMenu } from "./view-menu.tsx";

export function Header() {
  const t = useWords();
  return (
    <header className="header">
      <span className="font-semibold whitespace-nowrap">Breakwater</span>
      <DocumentTitle />
      <SavedMark />
      <Undoing />
      <span className="flex-1" />
      <button type="button" className="chip search" aria-label={t("searchCommands")} onClick={() => openDialog("commands")}>
        <span className="search-icon">
          <SearchIcon size={15} />
        </span>
        <span className="search-word">{t("searchCommands")}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <ExamplesMenu />
      <Button title={t("present")} keys={keyMap.present} onClick={() => toggle("presenting")}>
        {t("present")}
      </Button>
      <Button title={t("importHelp")} keys={keyMap.open} onClick={uiCommands.import.run}>
        {t("import")}
      </Button>
      <Button title={t("exportHelp")} keys={keyMap.save} onClick={uiCommands.export.run}>
        {t("export")}
      </Button>
      <ViewMenu />
      <IconButton label={t("switchTheme")} keys={keyMap.theme} onClick={switchTheme}>
        <ThemeIcon />
      </IconButton>
      <Button title={t("switchLanguage")} keys={keyMap.language} onClick={switchLanguage}>
        EN / 中文
      </Button>
      <IconButton label={t("keyHelp")} keys={keyMap.help} onClick={() => openDialog("keys")}>
        <HelpIcon />
      </IconButton>
    </header>
  );
}

function Undoing() {
  const t = useWords();
  const canUndo = useDocument((state) => state.canUndo);
  const canRedo = useDocument((state) => state.canRedo);
  return (
    <span className="flex">
      <IconButton label={t("undo")} keys={keyMap.undo} disabled={!canUndo} onClick={uiCommands.undo.run}>
        <UndoIcon />
      </IconButton>
      <IconButton label={t("redo")} keys={keyMap.redo} disabled={!canRedo} onClick={uiCommands.redo.run}>
        <RedoIcon />
      </IconButton>
    </span>
  );
}
