import { uiCommands, type UiCommand } from "../keys/ui-commands.ts";
import type { Branch } from "../../runtime/protocol.ts";
import { send, useTimeOf } from "../state/run-store.ts";
import { clockText } from "../words/format.ts";
import { useWords } from "../words/words.ts";
import { ReplayIcon } from "./icons.tsx";
import { Menu, type MenuItem, type MenuRule } from "./menu.tsx";

/** The ways to have a run again, and the futures that were left. */
export function ReplayMenu() {
  const t = useWords();
  const branches = JSON.parse(useTimeOf((time) => JSON.stringify(time.branches))) as readonly Branch[];
  const item = (command: UiCommand): MenuItem => ({ label: t(command.name), keys: command.key, run: command.run });
  const left = branches.map((branch): MenuItem => ({
    label: t("branch", { number: branch.id, from: clockText(branch.leftAtUs), to: clockText(branch.reachedUs) }),
    run: () => send({ type: "branch", id: branch.id }),
  }));
  const items: (MenuItem | MenuRule)[] = [
    item(uiCommands.replay),
    item(uiCommands.replayBare),
    item(uiCommands.replaySeed),
    item(uiCommands.replayCold),
    { heading: null },
    item(uiCommands.rewind),
  ];
  if (left.length > 0) items.push({ heading: t("branches") }, ...left);
  return (
    <Menu label={t("replayMenu")} items={items} up className="icon-button">
      <ReplayIcon />
    </Menu>
  );
}
