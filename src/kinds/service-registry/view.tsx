import type { PartStatus } from "../../runtime/protocol.ts";
import { Card } from "../../view/kit/card.tsx";
import { icon } from "../../view/kit/icon.tsx";
import { useCanvasWords, type CanvasWord } from "../../view/kit/kit-words.ts";
import { PartList } from "../../view/kit/parts.tsx";
import { StatusGlyph } from "../../view/kit/status-glyph.tsx";
import { surroundings } from "../../view/kit/surroundings.ts";
import { Ticking } from "../../view/kit/ticking.tsx";
import { settingOf, type NodeView } from "../../view/kit/use-node.ts";

const [above, rowHeight, below] = [32, 20, 10];

function ServiceRegistry({ id }: { readonly id: string }) {
  return (
    <Card id={id} className="listed" aside={(view) => <About view={view} />}>
      {(view) => <Leases view={view} />}
    </Card>
  );
}

/** Whose rules it goes by: names that are the same in every language. */
const products: Readonly<Record<string, string>> = {
  "consul-ttl": "Consul TTL",
  "consul-check": "Consul",
  etcd: "etcd",
  zookeeper: "ZooKeeper",
  eureka: "Eureka",
  "nacos-beat": "Nacos 1.x",
  "nacos-grpc": "Nacos 2.x",
  "nacos-persistent": "Nacos",
  kubernetes: "Kubernetes",
  dns: "DNS",
  sentinel: "Sentinel",
};

/** States whose names are the system's own, in every language. */
const ownNames = ["critical", "warning", "sdown", "odown"];

/** Its system, or how long its leases last; of one that agrees with others, its role and term; in trouble, the trouble. */
function About({ view: { record, status, stateWord } }: { readonly view: NodeView }) {
  const say = useCanvasWords();
  const { useFact } = surroundings();
  const role = useFact(record.id, "role");
  const term = useFact(record.id, "term");
  if (status !== null && status.tone !== "running") return <span className="aside state">{stateWord}</span>;
  const product = products[String(settingOf(record, "system"))] ?? `TTL ${Number(settingOf(record, "ttlMs")) / 1000} s`;
  if (role === null || term === null) return <span className="aside">{product}</span>;
  return (
    <span className="aside" data-leads={role === "leader"}>
      {say(`role.${role}` as CanvasWord, { term })}
    </span>
  );
}

function Leases({ view: { record, status } }: { readonly view: NodeView }) {
  const say = useCanvasWords();
  return (
    <PartList
      {...{ id: record.id, status, above, rowHeight, below }}
      empty={say("noLeases")}
      well={say("passing")}
      exits={false}
      children={(part) => <Lease part={part} />}
    />
  );
}

/** Who is registered and where; of a lease that is not renewed, the time that it has left. */
function Lease({ part }: { readonly part: PartStatus }) {
  const say = useCanvasWords();
  const { nameOf, since } = surroundings();
  const { dueUs, tone } = part;
  const [host, port] = part.address.split(":");
  return (
    <>
      <span className="name">{part.node === null ? "" : nameOf(part.node)}</span>
      <span className="mono">
        <span>{host}</span>
        {port !== undefined && <span>:{port}</span>}
      </span>
      <span className="end" data-tone={tone}>
        {tone !== "running" && <StatusGlyph tone={tone} state={part.state} size={11} />}
        {tone === "running" ? (
          say(part.state === "master" || part.state === "replica" ? part.state : "passing")
        ) : ownNames.includes(part.state) ? (
          part.state
        ) : dueUs === null ? (
          say(part.state === "kept" || part.state === "recorded" ? part.state : "expired")
        ) : (
          <Ticking text={(nowUs) => say("left", { time: since(Math.max(0, dueUs - nowUs)) })} />
        )}
      </span>
    </>
  );
}

export default {
  node: ServiceRegistry,
  icon: icon(
    <>
      <rect x="4" y="3" width="12" height="14" rx="1.500" />
      <path d="M7 7h6M7 10h6M7 13h4" />
    </>,
  ),
};
