import { Frame } from "../../view/kit/frame.tsx";
import { icon } from "../../view/kit/icon.tsx";
import { settingOf } from "../../view/kit/use-node.ts";

/** A process with others in it: a frame without a kernel, standing on its machine's. */
function ApplicationServer({ id }: { readonly id: string }) {
  return (
    <Frame
      id={id}
      className="server"
      about={({ record }) => `:${String(settingOf(record, "port"))} · Java ${String(settingOf(record, "javaVersion"))}`}
    />
  );
}

export default {
  node: ApplicationServer,
  icon: icon(
    <>
      <rect x="3" y="4" width="14" height="12" rx="2.500" />
      <path d="M3 8h14M6 6h.010M8.500 6h.010" />
    </>,
  ),
};
