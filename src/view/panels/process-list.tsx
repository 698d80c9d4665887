import type { ListedProcess } from "../../runtime/protocol.ts";
import { useDocument } from "../state/document-store.ts";
import { countText } from "../words/format.ts";
import { useWords } from "../words/words.ts";

/** `top` on a machine: its containers' and servers' processes, and of a guest only the one that it is from outside. */
export function ProcessList({ processes }: { readonly processes: readonly ListedProcess[] }) {
  const t = useWords();
  if (processes.length === 0) return null;
  return (
    <section className="mt-2 border-t border-hair pt-2">
      <h3 className="mb-1 text-12 font-semibold text-ink2">{t("processes")}</h3>
      <ul>
        {processes.map((process) => (
          <Process key={process.node} process={process} />
        ))}
      </ul>
    </section>
  );
}

function Process({ process }: { readonly process: ListedProcess }) {
  const t = useWords();
  const name = useDocument((state) => state.document.nodes[process.node]?.name ?? process.node);
  return (
    <li className="flex items-baseline gap-2 py-0.5" title={process.isContained ? t("processContained") : t("processBare")}>
      <span className="min-w-0 flex-1 truncate">
        {name} <span className="font-mono text-12 text-ink2">{process.command}</span>
      </span>
      <span className="whitespace-nowrap font-mono text-12 text-ink2">{`${process.cpuPercent} %`}</span>
      <span className="whitespace-nowrap font-mono text-12 text-ink2">{`${countText(Math.round(process.memoryMb))} MB`}</span>
    </li>
  );
}
