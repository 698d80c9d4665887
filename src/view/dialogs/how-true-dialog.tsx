import { useWords } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";
import { ComparedTable } from "./ways-table.tsx";
import { bareProcess, recordedSystems, type recordedGroups } from "./recorded-systems.ts";
import scoreboard from "./scoreboard.json";

/** What was recorded from real systems, and how much of it the engine predicts; the table is made by the run that the tests hold it to. */
export function HowTrueDialog() {
  const t = useWords();
  const total = (of: "match" | "miss" | "notUnderstood") => scoreboard.reduce((sum, row) => sum + row[of], 0);
  const columns = (["howTrueGroup", "howTrueMatch", "howTrueMiss", "howTrueUnknown"] as const).map((key) => ({ key, head: t(key) }));
  return (
    <Dialog title={t("howTrue")} about={t("howTrueAbout")} wide>
      <ComparedTable lists={t("howTrueSystem")} columns={columns}>
        <tr className="ways-sum">
          <th scope="row">{t("howTrueAll")}</th>
          <td />
          <td>{total("match")}</td>
          <td>{total("miss")}</td>
          <td>{total("notUnderstood")}</td>
        </tr>
        {scoreboard.map(({ system, group, match, miss, notUnderstood }) => (
          <tr key={`${system} ${group}`}>
            <th scope="row">{system === bareProcess ? t("recordedProcess") : recordedSystems[system]}</th>
            <td>{t(`recorded.${group as keyof typeof recordedGroups}`)}</td>
            <td>{match}</td>
            <td>{miss}</td>
            <td>{notUnderstood}</td>
          </tr>
        ))}
      </ComparedTable>
      <p className="quiet">{t("howTrueNotes")}</p>
    </Dialog>
  );
}
