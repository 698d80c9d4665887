import type { ReactNode } from "react";

/** A figure and what it is. */
export function Row({ label, value, struck = false }: { readonly label: string; readonly value: ReactNode; readonly struck?: boolean }) {
  return (
    <div className="fact-row">
      <span>{label}</span>
      <b className={struck ? "line-through" : ""}>{value}</b>
    </div>
  );
}
