import { Frame } from "../../view/kit/frame.tsx";
import { icon } from "../../view/kit/icon.tsx";
import { useCanvasWords, type CanvasWord } from "../../view/kit/kit-words.ts";
import { settingOf, type NodeView } from "../../view/kit/use-node.ts";

function Zone({ id }: { readonly id: string }) {
  return <Frame id={id} className="light" about={(view) => <Shared view={view} />} />;
}

function Shared({ view: { record } }: { readonly view: NodeView }) {
  const say = useCanvasWords();
  return <span className="words">{say(`shares.${String(settingOf(record, "shares"))}` as CanvasWord)}</span>;
}

export default {
  node: Zone,
  icon: icon(
    <>
      <path d="M3 6V3h3M14 3h3v3M17 14v3h-3M6 17H3v-3" />
      <rect x="6" y="6" width="8" height="8" rx="1" />
    </>,
  ),
};
