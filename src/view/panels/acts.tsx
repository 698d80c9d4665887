import type { ReactNode } from "react";
import { spoilingActs } from "../../document/fault-acts.ts";
import { linkActsOf } from "../../document/link-settings.ts";
import { switchDiscovery } from "../../document/switch-discovery.ts";
import type { LinkRecord, NodeRecord } from "../../document/topology.ts";
import type { Tone } from "../../runtime/protocol.ts";
import { doAct } from "../keys/act-on.ts";
import { keyMap, keyOfAct } from "../keys/key-map.ts";
import { uiCommands } from "../keys/ui-commands.ts";
import { Button } from "../shell/button.tsx";
import { useDocument } from "../state/document-store.ts";
import { kindOf, kinds } from "../state/kinds.ts";
import { useNodeStatus } from "../state/run-store.ts";
import { actName, useWords } from "../words/words.ts";

/** What can be done to it now, as buttons. What makes no sense now stays in its place, greyed. */
export function NodeActs({ node }: { readonly node: NodeRecord }) {
  const t = useWords();
  const status = useNodeStatus(node.id);
  const all = kindOf(node.kind)?.acts ?? [];
  const possible = status?.acts ?? all;
  const isUnwell = status !== null && unwell.has(status.tone);
  return (
    <Acts id={node.id} kind={node.kind} all={all} possible={possible}>
      {isUnwell && (
        <Button title={t("rewindBefore")} keys={keyMap.rewind} onClick={uiCommands.rewind.run}>
          {t("rewindBefore")}
        </Button>
      )}
      <SideButton id={node.id} />
    </Acts>
  );
}

/** For what finds the instances of a service, or has them found: the other way to do it. An edit, which can be undone. */
function SideButton({ id }: { readonly id: string }) {
  const t = useWords();
  const to = useDocument(({ document }) => switchDiscovery(document, id, kinds())?.to ?? null);
  if (to === null) return null;
  return (
    <Button title={t("switchSide")} onClick={uiCommands.switchSide.run}>
      {t(`switchSide.${to}`)}
    </Button>
  );
}

export function LinkActs({ link }: { readonly link: LinkRecord }) {
  const acts = linkActsOf(link);
  return <Acts id={link.id} kind={null} all={acts} possible={acts} />;
}

/** Acts are not undone; what they did can be rewound. */
const unwell: ReadonlySet<Tone> = new Set(["dead", "doubtful"]);

interface Props {
  readonly id: string;
  readonly kind: string | null;
  readonly all: readonly string[];
  readonly possible: readonly string[];
  readonly children?: ReactNode;
}

function Acts({ id, kind, all, possible, children }: Props) {
  const t = useWords();
  const usual = all.filter((act) => !spoiling.has(act));
  const spoils = all.filter((act) => spoiling.has(act));
  return (
    <>
      <div className="acts" role="group" aria-label={t("acts")}>
        <ActButtons id={id} kind={kind} acts={usual} possible={possible} />
        {children}
      </div>
      {spoils.length > 1 && (
        <details className="spoils">
          <summary>{t("wreckEnvironment")}</summary>
          <div className="acts" role="group" aria-label={t("wreckEnvironment")}>
            <ActButtons id={id} kind={kind} acts={spoils} possible={possible} />
          </div>
        </details>
      )}
    </>
  );
}

/** They are many, and seldom wanted, so they are folded away. */
const spoiling: ReadonlySet<string> = new Set(spoilingActs);

interface ButtonsProps {
  readonly id: string;
  readonly kind: string | null;
  readonly acts: readonly string[];
  readonly possible: readonly string[];
}

function ActButtons({ id, kind, acts, possible }: ButtonsProps) {
  const t = useWords();
  return (
    <>
      {acts.map((act) => (
        <Button
          key={act}
          title={actName(act, kind, t.language)}
          keys={keyOfAct(act) ?? undefined}
          disabled={!possible.includes(act)}
          onClick={() => doAct(act, id)}
        >
          {actName(act, kind, t.language)}
        </Button>
      ))}
    </>
  );
}
