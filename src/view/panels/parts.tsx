import type { Fact, PartStatus } from "../../runtime/protocol.ts";
import { hands } from "../hands/hands.ts";
import { useDocument } from "../state/document-store.ts";
import { openDialog, useUi } from "../state/ui-store.ts";
import { factText } from "../words/fact-text.ts";
import { useLookup } from "../words/lookup.ts";
import { useWords } from "../words/words.ts";
import { toneMark } from "./tone-mark.ts";

/** A balancer's targets, a registry's leases, a caller's cached addresses: each with its state and its missed checks. */
export function Parts({ parts, title }: { readonly parts: readonly PartStatus[]; readonly title: string }) {
  const t = useWords();
  if (parts.length === 0) return null;
  return (
    <section className="mt-2 border-t border-hair pt-2">
      <div className="mb-1 flex items-baseline gap-2">
        <h3 className="flex-1 text-12 font-semibold text-ink2">{title}</h3>
        {parts.some(isOfImages) && (
          <button type="button" className="link-button" onClick={() => openDialog("layers")}>
            {t("layersShow")}
          </button>
        )}
        {parts.some(isEntry) && (
          <button type="button" className="link-button" onClick={() => useUi.setState({ drawer: "directory" })}>
            {t("directoryShow")}
          </button>
        )}
      </div>
      <ul>
        {parts.map((part) => (
          <Part key={part.key} part={part} />
        ))}
      </ul>
    </section>
  );
}

/** Images, or the layers of one. */
const isOfImages = ({ state, facts }: PartStatus): boolean => state === "image" || facts.some(({ key }) => key === "image-size");

/** What a registry lists. */
const isEntry = ({ facts }: PartStatus): boolean => facts.some(({ key }) => key === "service");

/** `docker run` of an image in a list: on the machine that has it, or wherever one wants. */
function Run({ part }: { readonly part: PartStatus }) {
  const t = useWords();
  const here = useDocument(({ selection }) => (selection.length === 1 ? selection[0]! : null));
  // A part that speaks of a place is that place's; else it bears the image's name itself.
  const named = part.node === null ? part.key : null;
  return (
    <button
      type="button"
      className="link-button"
      title={t("runImage")}
      onClick={() => hands(({ askToRun }) => askToRun(named, part.node ?? here))}
    >
      {t("runIt")}
    </button>
  );
}

const tenths = (value: number) => Number(value.toFixed(1));

function Part({ part }: { readonly part: PartStatus }) {
  const { part: wordOf, fact: factOf } = useLookup();
  const figures = part.facts.filter(({ value, unit }) => value !== null && unit !== "MB");
  const name = useDocument((state) => (part.node === null ? null : (state.document.nodes[part.node]?.name ?? part.node)));
  const state = wordOf(part.state) ?? part.state;
  const isDetailed = figures.length >= manyFigures;
  return (
    <li className="py-0.5">
      <div className="flex items-baseline gap-2">
        <span className={`tone-${part.tone}`}>{toneMark[part.tone]}</span>
        <span className="min-w-0 flex-1 truncate" title={part.address}>
          {name ?? part.key} {!isDetailed && <span className="font-mono text-12 text-ink2">{part.address}</span>}
        </span>
        {part.facts
          .filter(({ unit, value }) => unit === "MB" && typeof value === "number")
          .map(({ key, value }) => (
            <span key={key} className="whitespace-nowrap font-mono text-12 text-ink2">
              {`${tenths(Number(value))} MB`}
            </span>
          ))}
        <span className={`tone-${part.tone} whitespace-nowrap`}>
          {part.state !== "image" && state}
          {part.state === "image" && <Run part={part} />}
          {part.pips !== null && part.pips[0] > 0 && ` ${part.pips[0]}/${part.pips[1]}`}
        </span>
      </div>
      {isDetailed && <Figures address={part.address} facts={figures} wordOf={factOf} />}
    </li>
  );
}

/** With so many figures a part has a block of them, as on a balancer's stats page; fewer are told elsewhere. */
const manyFigures = 6;

interface FiguresProps {
  readonly address: string;
  readonly facts: readonly Fact[];
  readonly wordOf: (key: string) => string | undefined;
}

function Figures({ address, facts, wordOf }: FiguresProps) {
  return (
    <div className="part-figures">
      <p className="font-mono text-ink2">{address}</p>
      <dl>
        {facts.map((fact) => (
          <div key={fact.key}>
            <dt>{wordOf(fact.key) ?? fact.key}</dt>
            <dd>{factText(fact, wordOf)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
