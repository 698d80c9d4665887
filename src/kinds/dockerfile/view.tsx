import { Card, StateRow } from "../../view/kit/card.tsx";
import { icon } from "../../view/kit/icon.tsx";
import { settingOf } from "../../view/kit/use-node.ts";

/** A file, not a process: it has a state of its building and the name of what it builds, and no address. */
function Dockerfile({ id }: { readonly id: string }) {
  return (
    <Card id={id}>
      {(view) => (
        <>
          <StateRow view={view} />
          <div className="address">{String(settingOf(view.record, "tag"))}</div>
        </>
      )}
    </Card>
  );
}

export default {
  node: Dockerfile,
  icon: icon(
    <>
      <path d="M5 2.500h7l3.500 3.500v11.500H5z" />
      <path d="M12 2.500V6h3.500M7.500 9.500h5M7.500 12h5M7.500 14.500h3" />
    </>,
  ),
  complaints: { text: async () => (await import("./complaints.ts")).complaintsOf },
};
