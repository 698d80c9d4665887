import { Suspense } from "react";
import { faceOf } from "../kit/face.ts";
import { useCanvasWords } from "../kit/kit-words.ts";
import { kindOf } from "../state/kinds.ts";
import { laterView } from "../state/later.ts";
import { useKindWords } from "../words/words.ts";
import { zoom } from "./camera.ts";
import { useCanvas } from "./canvas-store.ts";
import { useMode } from "./modes.ts";

const RefusalNote = laterView(() => import("./refusal-note.tsx").then(({ RefusalNote }) => RefusalNote));

/** What goes with the pointer while something is placed, dragged or linked: the thing itself, and why it may not go there. */
export function PointerNotes() {
  const pointer = useCanvas((state) => state.pointer);
  const refusal = useCanvas((state) => state.aim?.refusal ?? null);
  const kind = useMode((context) => context.kind);
  if (pointer === null) return null;
  return (
    <>
      {kind !== null && <Ghost kind={kind} at={pointer} forbidden={refusal !== null} />}
      {refusal !== null && (
        <Suspense fallback={null}>
          <RefusalNote refusal={refusal} at={pointer} />
        </Suspense>
      )}
    </>
  );
}

/** Dashed, for it is not there yet. */
function Ghost({ kind, at, forbidden }: { readonly kind: string; readonly at: { x: number; y: number }; readonly forbidden: boolean }) {
  const { name } = useKindWords(kind);
  const say = useCanvasWords();
  const size = kindOf(kind)?.size ?? { width: 0, height: 0 };
  const Icon = faceOf(kind)?.icon;
  const [width, height] = [size.width * zoom(), size.height * zoom()];
  return (
    <div
      className="ghost"
      data-forbidden={forbidden}
      style={{ left: at.x - width / 2, top: at.y - Math.min(height / 2, 48 * zoom()), width, height }}
      title={say("placeHint")}
    >
      {Icon !== undefined && <Icon />} {name}
    </div>
  );
}
