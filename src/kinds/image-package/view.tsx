import { Card } from "../../view/kit/card.tsx";
import { icon } from "../../view/kit/icon.tsx";
import { surroundings } from "../../view/kit/surroundings.ts";
import { settingOf, type NodeView } from "../../view/kit/use-node.ts";

/** A package: what it is called, which one that is now, and how many run of it. */
function Image({ id }: { readonly id: string }) {
  return (
    <Card id={id} aside={(view) => <Instances view={view} />}>
      {(view) => (
        <>
          <div className="state">
            {view.stateWord} <Digest view={view} />
          </div>
          <div className="address">{String(settingOf(view.record, "image"))}</div>
        </>
      )}
    </Card>
  );
}

function Instances({ view: { record } }: { readonly view: NodeView }) {
  const count = Number(surroundings().useFact(record.id, "instances") ?? 0);
  return count === 0 ? null : <span className="about">×{surroundings().count(count)}</span>;
}

function Digest({ view: { record } }: { readonly view: NodeView }) {
  const digest = surroundings().useFact(record.id, "digest");
  return digest === null ? null : <span className="font-mono">{String(digest)}</span>;
}

export default {
  node: Image,
  icon: icon(
    <>
      <path d="M10 2.500 17 6v8l-7 3.500L3 14V6z" />
      <path d="m3 6 7 3.500L17 6M10 9.500v8" />
    </>,
  ),
};
