import type { NodeRecord } from "../../document/topology.ts";
import { canvasWord, roleWord } from "./kit-words.ts";
import { surroundings } from "./surroundings.ts";

/** A port for each role that may start here, at the right, and one at the left for all that comes in. */
export function Ports({ record }: { readonly record: NodeRecord }) {
  const { declarationOf, useLanguage } = surroundings();
  const language = useLanguage();
  const kind = declarationOf(record.kind);
  const roles = kind?.calls ?? [];
  return (
    <>
      {(kind?.accepts.length ?? 0) > 0 && <span className="port in" aria-hidden="true" />}
      {roles.map((role, index) => (
        <span
          key={role}
          className="port out nodrag nopan"
          aria-hidden="true"
          data-port={role}
          title={canvasWord(language, "portHint", { role: roleWord(language, role) })}
          style={{ top: `${((index + 1) * 100) / (roles.length + 1)}%` }}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.stopPropagation();
            event.preventDefault();
            surroundings().beginLink(record.id, role, event);
          }}
        />
      ))}
    </>
  );
}
