import type { Caption } from "../../runtime/protocol.ts";
import { select, useDocument } from "../state/document-store.ts";
import { reveal } from "../state/ui-store.ts";
import { captionText } from "../words/captions.ts";
import { clockText, sinceText } from "../words/format.ts";
import { nodeName } from "../words/log-text.ts";
import { useWords } from "../words/words.ts";

/** The sentence that is read now, and when that was. */
export function SentenceNow({ caption }: { readonly caption: Caption }) {
  useNames();
  return (
    <>
      <When caption={caption} />
      <Sentence caption={caption} className="caption-now" />
    </>
  );
}

/** The two sentences before the one that is read now. */
export function SentencesBefore({ told }: { readonly told: readonly Caption[] }) {
  useNames();
  return (
    <span className="caption-before">
      {told.slice(-3, -1).map((caption) => (
        <Sentence key={caption.row} caption={caption} className="caption-past" />
      ))}
    </span>
  );
}

/** A node that is renamed is renamed in what is told of it. */
const useNames = () => useDocument((state) => state.document.nodes);

function When({ caption }: { readonly caption: Caption }) {
  const t = useWords();
  const { atUs, faultUs } = caption;
  if (faultUs === null) return <span className="caption-when text-ink2">{clockText(atUs)}</span>;
  return <span className="caption-when">{t("faultPlus", { time: sinceText(atUs - faultUs) })}</span>;
}

/** A click shows the nodes that it speaks of. Their names stand out. */
function Sentence({ caption, className }: { readonly caption: Caption; readonly className: string }) {
  const { language } = useWords();
  const text = captionText(caption, language, nodeName) ?? caption.key;
  const show = () => {
    select(caption.nodes.slice(0, 1));
    reveal(caption.nodes);
  };
  return (
    <button type="button" className={className} title={text} onClick={show} data-caption={caption.key}>
      {emphasised(unbroken(text), caption.nodes.map(nodeName))}
    </button>
  );
}

/** A number stays with its unit where the sentence breaks. */
const unbroken = (text: string): string => text.replace(/(\d) (?=(?:ms|µs|s|MB)\b)/gu, "$1\u00a0");

function emphasised(text: string, names: readonly string[]) {
  const known = [...new Set(names)].filter((name) => name !== "").sort((a, b) => b.length - a.length);
  if (known.length === 0) return text;
  const pattern = new RegExp(`(${known.map((name) => name.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&")).join("|")})`, "u");
  return text.split(pattern).map((piece, index) => (index % 2 === 1 ? <b key={index}>{piece}</b> : piece));
}
