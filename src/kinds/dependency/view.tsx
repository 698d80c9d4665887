import type { ReactNode } from "react";
import { Card } from "../../view/kit/card.tsx";
import { icon } from "../../view/kit/icon.tsx";
import { settingOf } from "../../view/kit/use-node.ts";

const drum = <path d="M4 5v10c0 3 12 3 12 0V5M4 5c0 3 12 3 12 0M4 5c0-3 12-3 12 0M4 10c0 3 12 3 12 0" />;
const bolt = <path d="M11 2.500 5 11h4.500L9 17.500 15 9h-4.500z" />;
const lanes = <path d="M3 6h14v8H3zM7.700 6v8M12.300 6v8" />;
const globe = <path d="M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14M3 10h14M10 3c-4 4-4 10 0 14 4-4 4-10 0-14" />;

const drawings: Readonly<Record<string, ReactNode>> = { database: drum, cache: bolt, queue: lanes, "third-party": globe };
const icons = new Map(Object.entries(drawings).map(([sort, drawing]) => [sort, icon(drawing)]));

function Dependency({ id }: { readonly id: string }) {
  return (
    <Card
      id={id}
      aside={({ record }) => {
        const Icon = icons.get(String(settingOf(record, "sort"))) ?? icons.get("database")!;
        return (
          <span className="aside">
            <Icon size={15} />
          </span>
        );
      }}
    />
  );
}

export default { node: Dependency, icon: icon(drum) };
