import { useRef, type KeyboardEvent } from "react";
import type { LinkRecord, NodeRecord } from "../../document/topology.ts";
import { useDocument } from "../state/document-store.ts";
import { useUi, type InspectorTab } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";
import { DocumentTab } from "./document-tab.tsx";
import { LifeTab } from "./life-tab.tsx";
import { LinkHead, ManyHead, NodeHead } from "./inspector-head.tsx";
import { LogTab } from "./log-tab.tsx";
import { LinkActs, NodeActs } from "./acts.tsx";
import { SettingsTab } from "./settings-tab.tsx";
import { LinkTraffic, NodeTraffic } from "./traffic-tab.tsx";

const tabs: readonly InspectorTab[] = ["life", "settings", "traffic", "log"];

/** What is selected: how it is, how it is set, what it does and what befell it. */
export function Inspector() {
  const t = useWords();
  const nodes = useDocument((state) => state.document.nodes);
  const links = useDocument((state) => state.document.links);
  const selection = useDocument((state) => state.selection);
  const chosenNodes = selection.map((id) => nodes[id]).filter((node) => node !== undefined);
  const chosenLinks = selection.map((id) => links[id]).filter((link) => link !== undefined);
  return (
    <aside className="inspector" aria-label={t("inspector")}>
      <Chosen nodes={chosenNodes} links={chosenLinks} />
    </aside>
  );
}

interface ChosenProps {
  readonly nodes: readonly NodeRecord[];
  readonly links: readonly LinkRecord[];
}

function Chosen({ nodes, links }: ChosenProps) {
  if (nodes.length + links.length === 0) return <DocumentTab />;
  if (nodes.length === 1 && links.length === 0) return <OneNode key={nodes[0]!.id} node={nodes[0]!} />;
  if (links.length === 1 && nodes.length === 0) return <OneLink key={links[0]!.id} link={links[0]!} />;
  return (
    <>
      <ManyHead nodes={nodes} links={links} />
      {nodes.length > 0 ? <SettingsTab records={nodes} /> : <SettingsTab records={links} />}
    </>
  );
}

function OneNode({ node }: { readonly node: NodeRecord }) {
  const tab = useUi((ui) => ui.tab);
  return (
    <>
      <NodeHead node={node} />
      <NodeActs node={node} />
      <Tabs shown={tabs} chosen={tab} />
      <div role="tabpanel" id="inspector-panel" aria-labelledby={`tab-${tab}`}>
        {tab === "life" && <LifeTab node={node} />}
        {tab === "settings" && <SettingsTab records={[node]} />}
        {tab === "traffic" && <NodeTraffic id={node.id} />}
        {tab === "log" && <LogTab id={node.id} />}
      </div>
    </>
  );
}

const linkTabs: readonly InspectorTab[] = ["settings", "traffic"];

function OneLink({ link }: { readonly link: LinkRecord }) {
  const wanted = useUi((ui) => ui.tab);
  const tab = linkTabs.includes(wanted) ? wanted : "settings";
  return (
    <>
      <LinkHead link={link} />
      <LinkActs link={link} />
      <Tabs shown={linkTabs} chosen={tab} />
      <div role="tabpanel" id="inspector-panel" aria-labelledby={`tab-${tab}`}>
        {tab === "settings" ? <SettingsTab records={[link]} /> : <LinkTraffic id={link.id} />}
      </div>
    </>
  );
}

function Tabs({ shown, chosen }: { readonly shown: readonly InspectorTab[]; readonly chosen: InspectorTab }) {
  const t = useWords();
  const list = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = shown.at((shown.indexOf(chosen) + step) % shown.length)!;
    useUi.setState({ tab: next });
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div ref={list} role="tablist" className="tabs" onKeyDown={walk}>
      {shown.map((tab) => (
        <button
          key={tab}
          id={`tab-${tab}`}
          type="button"
          role="tab"
          aria-selected={tab === chosen}
          aria-controls="inspector-panel"
          tabIndex={tab === chosen ? 0 : -1}
          onClick={() => useUi.setState({ tab })}
        >
          {t(`tab.${tab}`)}
        </button>
      ))}
    </div>
  );
}
