import type { Felt, IsolationRow } from "../../runtime/protocol.ts";
import { fetchExample } from "../shell/examples.ts";
import { ask } from "../state/run-store.ts";
import { actName, useWords, type Say, type WordKey } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";
import { usePlayed, watchPlayed, type Tell } from "./played.ts";
import { Verdict, WaysTable } from "./ways-table.tsx";

/** The example that has the same two programs in all three ways. */
const played = "three-ways";

/** Seven resources and the kernel × three ways to deploy: what a neighbour feels, played in the engine's worker. */
export function IsolationDialog() {
  const t = useWords();
  const rows = usePlayed(playMatrix);
  return (
    <Dialog title={t("isolationMatrix")} about={t("isolationAbout")} wide>
      {rows === null ? (
        <p className="quiet">{t("isolationPlaying")}</p>
      ) : (
        <WaysTable lists={t("isolationFault")}>
          {rows.map((row) => (
            <Row key={row.act} row={row} />
          ))}
        </WaysTable>
      )}
      <p className="quiet">{t("isolationNotes")}</p>
    </Dialog>
  );
}

async function playMatrix(tell: Tell<readonly IsolationRow[]>): Promise<void> {
  const document = await fetchExample(played);
  if (document !== null) tell(await ask<readonly IsolationRow[]>({ about: "isolation", document }));
}

function Row({ row }: { readonly row: IsolationRow }) {
  const t = useWords();
  const watch = () => watchPlayed(row.story);
  return (
    <tr>
      <th scope="row">
        <button type="button" onClick={watch}>
          <b>{t(`resource.${row.resource ?? "kernel"}` as WordKey)}</b> {actName(row.act, null, t.language)}
        </button>
      </th>
      {row.cells.map((cell) => (
        <td key={cell.way} data-felt={cell.isFelt}>
          <button type="button" onClick={watch}>
            <Verdict isFelt={cell.isFelt}>{feltText(t, cell)}</Verdict>
          </button>
        </td>
      ))}
    </tr>
  );
}

/** "goes down, 80 lost, can't start again". */
function feltText(t: Say, cell: Felt): string {
  if (!cell.isFelt) return t("felt.nothing");
  return [
    cell.isDown ? t("felt.down") : null,
    cell.lost > 0 ? t("felt.lost", { count: cell.lost }) : null,
    !cell.isDown && cell.lost === 0 && cell.served < cell.servedBefore / 2 ? t("felt.unanswered") : null,
    cell.slower >= 1.5 ? t("felt.slower", { factor: Math.round(cell.slower) }) : null,
    cell.restarts ? null : t("felt.stuck"),
  ]
    .filter((part) => part !== null)
    .join(t.language === "en" ? ", " : "，");
}
