import { useMemo } from "react";
import type { NodeId } from "../../document/topology.ts";
import { warn } from "../../document/warn.ts";
import { select, useDocument } from "../state/document-store.ts";
import { kinds } from "../state/kinds.ts";
import { reveal } from "../state/ui-store.ts";
import { refusalText } from "../words/refusals.ts";
import { useWords } from "../words/words.ts";

/** What may be played but will hardly do what was meant: of the whole, or of one thing beside the settings that would mend it. */
export function Warnings({ about }: { readonly about?: NodeId }) {
  const t = useWords();
  const document = useDocument((state) => state.document);
  const all = useMemo(() => warn(document, kinds()), [document]);
  const warnings = about === undefined ? all : all.filter(({ node, others }) => node === about || others.includes(about));
  if (warnings.length === 0) return null;
  return (
    <section className="pt-3" role="status">
      <h3 className="mb-1 text-12 font-semibold text-ink2">{t("warnings")}</h3>
      <ul>
        {warnings.map((warning) => (
          <li key={`${warning.code} ${warning.path}`}>
            <button
              type="button"
              className="log-line wraps"
              onClick={() => {
                select([warning.node]);
                reveal([warning.node]);
              }}
            >
              <span className="tone-doubtful">▲</span>
              <span>{refusalText(warning)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
