import { Frame, Gauge } from "../../view/kit/frame.tsx";
import { Has, Load } from "../../view/kit/machine.tsx";
import { icon } from "../../view/kit/icon.tsx";
import { useCanvasWords } from "../../view/kit/kit-words.ts";
import { megabytes } from "../../view/kit/megabytes.ts";
import { surroundings } from "../../view/kit/surroundings.ts";
import { settingOf, type NodeView } from "../../view/kit/use-node.ts";

function Host({ id }: { readonly id: string }) {
  const say = useCanvasWords();
  return (
    <Frame
      id={id}
      about={({ record }) => <Has cores={Number(settingOf(record, "cores"))} mb={Number(settingOf(record, "memoryMb"))} />}
      gauge={(view) => (
        <>
          <Load view={view} />
          <Memory view={view} />
        </>
      )}
      foot={() => say("kernel")}
    />
  );
}

function Memory({ view: { record } }: { readonly view: NodeView }) {
  const say = useCanvasWords();
  const total = Number(settingOf(record, "memoryMb"));
  const used = Number(surroundings().useFact(record.id, "memory-reserved") ?? 0);
  return (
    <Gauge share={used / total} label={`${say("memoryWord")}: ${say("memory", { used: megabytes(used), total: megabytes(total) })}`} />
  );
}

export default {
  node: Host,
  icon: icon(
    <>
      <rect x="3" y="3" width="14" height="14" rx="1" />
      <path d="M3 14h14" />
    </>,
  ),
};
