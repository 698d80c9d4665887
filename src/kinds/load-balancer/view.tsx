import type { PartStatus } from "../../runtime/protocol.ts";
import { Card } from "../../view/kit/card.tsx";
import { icon } from "../../view/kit/icon.tsx";
import { useCanvasWords } from "../../view/kit/kit-words.ts";
import { PartList } from "../../view/kit/parts.tsx";
import { Pips } from "../../view/kit/pips.tsx";
import { StatusGlyph, toneColour } from "../../view/kit/status-glyph.tsx";
import { surroundings } from "../../view/kit/surroundings.ts";
import { Written } from "../../view/kit/written.tsx";
import { factOf, settingOf, type NodeView } from "../../view/kit/use-node.ts";

/** The product by whose rules it goes; of HAProxy's, which are the default, the one whose algorithm it is, where it is one's own. */
function productOf(rules: string, algorithm: string): string | undefined {
  return products[rules === "haproxy" ? algorithm.split("-")[0]! : rules];
}

const products: Readonly<Record<string, string>> = {
  haproxy: "HAProxy",
  nginx: "nginx",
  apache: "Apache",
  caddy: "Caddy",
  varnish: "Varnish",
  envoy: "Envoy",
  ipvs: "IPVS",
};

const [above, rowHeight, below] = [32, 21, 34];

function LoadBalancer({ id }: { readonly id: string }) {
  return (
    <Card id={id} className="listed" aside={(view) => <About view={view} />}>
      {(view) => <Targets view={view} />}
    </Card>
  );
}

/** Which part it has in its virtual router, if it belongs to one; else by whose rules or algorithm it goes; in trouble, the trouble. */
function About({ view: { record, status, stateWord, words } }: { readonly view: NodeView }) {
  const say = useCanvasWords();
  const part = surroundings().useFact(record.id, "router");
  if (status !== null && status.tone !== "running") return <span className="aside state">{stateWord}</span>;
  if (part === "router.master" || part === "router.backup") {
    return (
      <span className="aside" data-leads={part === "router.master"}>
        {say(part)}
      </span>
    );
  }
  const algorithm = String(settingOf(record, "algorithm"));
  return (
    <span className="aside">
      {productOf(String(settingOf(record, "rules")), algorithm) ?? words.settings["algorithm"]?.options?.[algorithm] ?? algorithm}
    </span>
  );
}

function Targets({ view: { record, status } }: { readonly view: NodeView }) {
  const say = useCanvasWords();
  // One that is dead, or only starts, has forgotten whom it knew, which is not to say that nobody stands behind it.
  const isRunning = status === null || (status.tone !== "dead" && status.tone !== "busy");
  return (
    <>
      <PartList
        {...{ id: record.id, status, above, rowHeight, below }}
        empty={say(isRunning ? "noTargets" : "knowsNobody")}
        well="UP"
        exits
        children={(part) => <Target id={record.id} part={part} among={status?.parts ?? []} />}
      />
      <div className="sums">
        <span>
          <i>{say("lost")}</i> <Sum id={record.id} of="lost" />
        </span>
        <span>
          <i>{say("redirected")}</i> <Sum id={record.id} of="redirected" />
        </span>
      </div>
    </>
  );
}

function Sum({ id, of }: { readonly id: string; readonly of: string }) {
  const { count, followStatus, statusOf } = surroundings();
  const text = () => count(factOf(statusOf(id)?.facts, of) ?? 0);
  return (
    <b>
      <Written follow={(listener) => followStatus(id, listener)} text={text} />
    </b>
  );
}

/** A target's state, its name, and its rate; while checks speak against or for it, those instead. Beside its successor, one says which it is. */
function Target({ id, part, among }: { readonly id: string; readonly part: PartStatus; readonly among: readonly PartStatus[] }) {
  const say = useCanvasWords();
  const { nameOf } = surroundings();
  const isTwice = among.some((other) => other !== part && other.node === part.node);
  const checks = part.pips !== null && (part.pips[0] > 0 || part.tone !== "running") ? part.pips : null;
  return (
    <>
      <StatusGlyph tone={part.tone} state={part.state} size={12} />
      <span className="name">
        {part.node === null ? part.address : nameOf(part.node)}
        {isTwice && <span className="mono">#{part.incarnation}</span>}
      </span>
      {part.state === "stale" && (
        <span className="end" data-tone="dead">
          {say("stale")}
        </span>
      )}
      {part.state !== "stale" && checks !== null && <Pips done={checks[0]} of={checks[1]} colour={toneColour(part.tone)} />}
      {checks === null && <PartRate id={id} part={part.key} />}
    </>
  );
}

function PartRate({ id, part }: { readonly id: string; readonly part: string }) {
  const { followStatus, statusOf, rate } = surroundings();
  const text = () => {
    const perSecond = factOf(statusOf(id)?.parts.find(({ key }) => key === part)?.facts, "rate");
    return perSecond === null ? "" : rate(perSecond);
  };
  return <Written className="mono" follow={(listener) => followStatus(id, listener)} text={text} />;
}

export default {
  node: LoadBalancer,
  presets: async () => (await import("./presets.ts")).presets,
  configuration: async () => (await import("./configuration.ts")).configurationOfNode,
  icon: icon(
    <>
      <path d="M3 10h5M8 10l5.500-5M8 10h5.500M8 10l5.500 5" />
      <circle cx="15.500" cy="5" r="1.400" />
      <circle cx="15.500" cy="10" r="1.400" />
      <circle cx="15.500" cy="15" r="1.400" />
    </>,
  ),
};
