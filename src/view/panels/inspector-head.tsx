import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { LinkRecord, NodeRecord } from "../../document/topology.ts";
import { roleWord } from "../kit/kit-words.ts";
import { giveFocus } from "../shell/focus.ts";
import { useDocument } from "../state/document-store.ts";
import { dispatch, tell } from "../state/editing.ts";
import { useUi } from "../state/ui-store.ts";
import { useKindWords, useWords } from "../words/words.ts";

/** The name of one node, to be typed over, and what it is. */
export function NodeHead({ node }: { readonly node: NodeRecord }) {
  const { name } = useKindWords(node.kind);
  const parent = useDocument((state) => (node.parent === null ? null : (state.document.nodes[node.parent]?.name ?? null)));
  const image = node.settings["image"];
  const about = [name, ...(typeof image === "string" ? [image] : []), ...(parent === null ? [] : [parent])];
  return (
    <>
      <NameField node={node} />
      <p className="inspector-sub">{about.join(" · ")}</p>
    </>
  );
}

function NameField({ node }: { readonly node: NodeRecord }) {
  const t = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const leave = useRenaming();
  const keep = () => {
    if (typed !== null && typed.trim() !== "" && typed.trim() !== node.name) {
      tell(dispatch({ type: "rename", id: node.id, name: typed.trim() }));
    }
    setTyped(null);
  };
  return (
    <h2>
      <input
        id="node-name"
        className="name-field"
        aria-label={t("name")}
        value={typed ?? node.name}
        maxLength={80}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Escape") flushSync(() => setTyped(null));
          if (event.key === "Enter" || event.key === "Escape") leave(event.currentTarget);
        }}
      />
    </h2>
  );
}

/** F2 brings the focus to the name; who came so goes back to where the key was pressed. */
function useRenaming(): (field: HTMLInputElement) => void {
  const renaming = useUi((ui) => ui.renaming);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    if (!renaming) return;
    useUi.setState({ renaming: false });
    before.current = document.activeElement;
    document.querySelector<HTMLInputElement>("#node-name")?.select();
  }, [renaming]);
  return (field) => {
    field.blur();
    giveFocus(before.current);
    before.current = null;
  };
}

export function LinkHead({ link }: { readonly link: LinkRecord }) {
  const t = useWords();
  const from = useDocument((state) => state.document.nodes[link.from]?.name ?? link.from);
  const to = useDocument((state) => state.document.nodes[link.to]?.name ?? link.to);
  return (
    <>
      <h2 className="text-15 font-semibold">
        {from} → {to}
      </h2>
      <p className="inspector-sub">{t("linkOf", { role: roleWord(t.language, link.role) })}</p>
    </>
  );
}

export function ManyHead({ nodes, links }: { readonly nodes: readonly NodeRecord[]; readonly links: readonly LinkRecord[] }) {
  const t = useWords();
  return (
    <>
      <h2 className="text-15 font-semibold">{t("selectedMany", { count: nodes.length + links.length })}</h2>
      <p className="inspector-sub">{t("commonSettings")}</p>
    </>
  );
}
