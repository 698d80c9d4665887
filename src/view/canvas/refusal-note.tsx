import type { Refusal } from "../../document/rules.ts";
import { useLanguage } from "../words/language.ts";
import { refusalText } from "../words/refusals.ts";
import type { Point } from "./geometry.ts";

/** Beside the pointer: why what it holds may not go there. */
export function RefusalNote({ refusal, at }: { readonly refusal: Refusal; readonly at: Point }) {
  useLanguage();
  return (
    <div className="pointer-note" role="status" style={{ left: at.x + 14, top: at.y + 18 }}>
      <span aria-hidden="true">✕</span> {refusalText(refusal)}
    </div>
  );
}
