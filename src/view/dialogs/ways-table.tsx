import type { ReactNode } from "react";
import { ways } from "../../document/deployments.ts";
import { useWords } from "../words/words.ts";
import "./ways-table.css";

interface Column {
  readonly key: string;
  readonly head: string;
  readonly beneath?: ReactNode;
}

interface TableProps {
  /** What the first column lists. */
  readonly lists: string;
  readonly columns: readonly Column[];
  readonly children: ReactNode;
}

/** A table with a column for each of the things compared. */
export function ComparedTable({ lists, columns, children }: TableProps) {
  return (
    <table className="ways">
      <thead>
        <tr>
          <th scope="col">{lists}</th>
          {columns.map(({ key, head, beneath }) => (
            <th key={key} scope="col">
              {head}
              {beneath !== undefined && <div className="quiet">{beneath}</div>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

interface WaysProps {
  readonly lists: string;
  /** Beneath a way's name. */
  readonly beneath?: (way: (typeof ways)[number]) => ReactNode;
  readonly children: ReactNode;
}

/** A table with a column for each way to deploy. */
export function WaysTable({ lists, beneath, children }: WaysProps) {
  const t = useWords();
  return (
    <ComparedTable lists={lists} columns={ways.map((way) => ({ key: way, head: t(`way.${way}`), beneath: beneath?.(way) }))}>
      {children}
    </ComparedTable>
  );
}

/** Whether others feel it: a mark, and what they feel. */
export function Verdict({ isFelt, children }: { readonly isFelt: boolean; readonly children: ReactNode }) {
  return (
    <>
      <span className={isFelt ? "tone-dead" : "tone-running"}>{isFelt ? "✕" : "●"}</span> {children}
    </>
  );
}
