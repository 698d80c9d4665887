import type { ReactNode } from "react";
import type { Tone } from "../../runtime/protocol.ts";
import { LeaseRing } from "./lease-ring.tsx";
import type { NodeView } from "./use-node.ts";
import { Ports } from "./ports.tsx";
import { surroundings } from "./surroundings.ts";

/** What is well renews its leases. */
const unwell: ReadonlySet<Tone> = new Set(["dead", "doubtful"]);

interface Props {
  readonly view: NodeView;
  readonly className: string;
  /** Its name takes two lines. */
  readonly wraps?: boolean;
  readonly children: ReactNode;
}

/** What every card and frame has in common: it can be reached, selected, named aloud, aimed at, and linked from. */
export function NodeRoot({ view: { record, status, words, stateWord }, className, wraps = false, children }: Props) {
  const { useSelected, useSpokenOf, useTabStop, useAimed, useNear } = surroundings();
  const selected = useSelected(record.id);
  const near = useNear();
  const label = [words.name, record.name].join(" ") + (stateWord === "" ? "" : `, ${stateWord}`);
  return (
    <div
      className={`node ${className}`}
      role="button"
      aria-pressed={selected}
      aria-label={label}
      tabIndex={useTabStop(record.id) ? 0 : -1}
      data-node={record.id}
      data-tone={status?.tone ?? "idle"}
      data-state={status?.state}
      data-inside={record.parent !== null}
      data-wraps={wraps}
      data-selected={selected}
      data-spoken={useSpokenOf(record.id)}
      data-aimed={useAimed(record.id) ?? undefined}
    >
      {children}
      {near && <Ports record={record} />}
      {near && status !== null && unwell.has(status.tone) && <LeaseRing id={record.id} />}
    </div>
  );
}
