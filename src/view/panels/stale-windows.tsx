import type { NodeId } from "../../document/topology.ts";
import type { Consumer, StaleWindow } from "../../runtime/protocol.ts";
import { currentTime } from "../state/run-store.ts";
import { clockText, durationText, sinceText } from "../words/format.ts";
import { useWords } from "../words/words.ts";

interface Props {
  readonly consumer: Consumer;
  readonly nameOf: (id: NodeId) => string;
}

/** How long this consumer may believe in the dead, and how long it did. */
export function StaleWindows({ consumer: { node, way, upToUs, stale }, nameOf }: Props) {
  const t = useWords();
  const sum = upToUs?.reduce((total, us) => total + us, 0) ?? 0;
  const parts = upToUs !== null && upToUs.length > 1 ? ` = ${upToUs.map(durationText).join(" + ")}` : "";
  return (
    <div className="directory-stale">
      <p>
        <b>{nameOf(node)}</b> {upToUs === null ? t("directoryNever") : t("directoryUpTo", { time: `${durationText(sum)}${parts}` })}
      </p>
      <ul>
        {stale.map((window) => (
          <li key={`${window.node} ${window.fromUs}`}>
            <Window window={window} way={way} name={nameOf(window.node)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface WindowProps {
  readonly window: StaleWindow;
  readonly way: Consumer["way"];
  readonly name: string;
}

function Window({ window: { fromUs, predictedUs, lastedUs }, way, name }: WindowProps) {
  const t = useWords();
  const measured = lastedUs === null ? t("directoryStill", { time: sinceText(currentTime().nowUs - fromUs) }) : durationText(lastedUs);
  const values = { name, at: clockText(fromUs), measured };
  if (predictedUs === null) return t(way === "request" ? "directoryByRequest" : "directoryUnforeseen", values);
  const predicted = `${durationText(predictedUs[0])} – ${durationText(predictedUs[1])}`;
  return t("directoryWindow", { ...values, predicted });
}
