import { uiCommands, type UiCommand } from "../keys/ui-commands.ts";
import { useUi } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";
import { Menu, type MenuItem } from "./menu.tsx";

/** What is shown and hidden: panels, drawers and each kind of traffic. */
export function ViewMenu() {
  const t = useWords();
  const ui = useUi();
  const item = (command: UiCommand, checked: boolean): MenuItem => ({
    label: t(command.name),
    checked,
    keys: command.key,
    run: command.run,
  });
  const opening = (command: UiCommand): MenuItem => ({ label: t(command.name), keys: command.key, run: command.run });
  const items = [
    { heading: t("panels") },
    item(uiCommands.palette, ui.palette),
    item(uiCommands.inspector, ui.inspector),
    item(uiCommands.footer, ui.footer),
    item(uiCommands.log, ui.drawer === "log"),
    item(uiCommands.counters, ui.drawer === "counters"),
    item(uiCommands.directory, ui.drawer === "directory"),
    item(uiCommands.schedule, ui.drawer === "schedule"),
    { heading: t("traffic") },
    item(uiCommands.showRequests, ui.layers.requests),
    item(uiCommands.showProbes, ui.layers.probes),
    item(uiCommands.showDiscovery, ui.layers.discovery),
    item(uiCommands.showImages, ui.layers.images),
    { heading: t("threeWays") },
    opening(uiCommands.isolation),
    opening(uiCommands.comparison),
    opening(uiCommands.waysToFind),
  ];
  return (
    <Menu label={t("view")} items={items} end>
      {t("view")}
    </Menu>
  );
}
