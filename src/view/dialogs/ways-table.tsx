import type { ReactNode } from "react";
import { ways } from "../../document/deployments.ts";
import { useWords } from "../words/words.ts";
import "./ways-table.css";

interface Props {
  /** What the first column lists. */
  readonly lists: string;
  /** Beneath a way's name. */
  readonly beneath?: (way: (typeof ways)[number]) => ReactNode;
  readonly children: ReactNode;
}

/** A table with a column for each way to deploy. */
export function WaysTable({ lists, beneath, children }: Props) {
  const t = useWords();
  return (
    <table className="ways">
      <thead>
        <tr>
          <th scope="col">{lists}</th>
          {ways.map((way) => (
            <th key={way} scope="col">
              {t(`way.${way}`)}
              {beneath !== undefined && <div className="quiet">{beneath(way)}</div>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
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
