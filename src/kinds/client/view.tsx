import { Card } from "../../view/kit/card.tsx";
import { icon } from "../../view/kit/icon.tsx";
import { useCanvasWords } from "../../view/kit/kit-words.ts";
import { surroundings } from "../../view/kit/surroundings.ts";
import { Written } from "../../view/kit/written.tsx";
import { settingOf, type NodeView } from "../../view/kit/use-node.ts";

function Client({ id }: { readonly id: string }) {
  return <Card id={id}>{(view) => <Rate view={view} />}</Card>;
}

/** What it really sends, not what it is set to; unless a person sends. */
function Rate({ view: { record, status, stateWord } }: { readonly view: NodeView }) {
  const { followCounters, countersOf, rate } = surroundings();
  const say = useCanvasWords();
  if (status !== null && status.tone !== "running") return <div className="state">{stateWord}</div>;
  if (settingOf(record, "arrivals") === "by-hand") return <div className="address">{say("sends.by-hand")}</div>;
  return (
    <div className="address">
      <Written follow={(listener) => followCounters(record.id, listener)} text={() => rate(countersOf(record.id).ratePerSecond)} />
    </div>
  );
}

export default {
  node: Client,
  icon: icon(
    <>
      <circle cx="10" cy="7" r="3.200" />
      <path d="M4 17c1-4 11-4 12 0" />
    </>,
  ),
};
