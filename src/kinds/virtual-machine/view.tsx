import { Frame, Gauge } from "../../view/kit/frame.tsx";
import { icon } from "../../view/kit/icon.tsx";
import { useCanvasWords } from "../../view/kit/kit-words.ts";
import { megabytes } from "../../view/kit/megabytes.ts";
import { surroundings } from "../../view/kit/surroundings.ts";
import { settingOf, type NodeView } from "../../view/kit/use-node.ts";

function VirtualMachine({ id }: { readonly id: string }) {
  return (
    <Frame
      id={id}
      className="guest"
      about={({ record }) => megabytes(Number(settingOf(record, "memoryMb")))}
      gauge={(view) => <Memory view={view} />}
      foot={({ record }) => <Guest mb={Number(settingOf(record, "guestOsMb"))} />}
    />
  );
}

/** The guest's own operating system comes out of the same memory. */
function Memory({ view: { record, status } }: { readonly view: NodeView }) {
  const say = useCanvasWords();
  const total = Number(settingOf(record, "memoryMb"));
  const used = surroundings().useFact(record.id, "memory-reserved");
  if (typeof used !== "number" || status?.tone !== "running") return null;
  return (
    <Gauge share={used / total} label={`${say("memoryWord")}: ${say("memory", { used: megabytes(used), total: megabytes(total) })}`} />
  );
}

function Guest({ mb }: { readonly mb: number }) {
  const say = useCanvasWords();
  return (
    <>
      {say("guest")} <span className="mono">{megabytes(mb)}</span>
    </>
  );
}

export default {
  node: VirtualMachine,
  icon: icon(
    <>
      <rect x="3" y="3" width="14" height="14" rx="1" />
      <rect x="5.500" y="5.500" width="9" height="9" rx="1" />
      <path d="M5.500 11.500h9" />
    </>,
  ),
};
