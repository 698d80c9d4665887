import { useRef, type PointerEvent } from "react";
import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { placeKind } from "../keys/place-kind.ts";
import { keyText } from "../keys/key-map.ts";
import { beginPlacing } from "../canvas/placing.ts";
import { kinds } from "../state/kinds.ts";
import { useKindWords, useWords } from "../words/words.ts";
import { KindIcon } from "./kind-icon.tsx";

const groups = ["traffic", "machines", "network", "images", "backing"] as const;

/** Everything that can be placed: click it, drag it out, or press its key. */
export function Palette() {
  const t = useWords();
  return (
    <nav className="palette" aria-label={t("palette")}>
      {groups.map((group) => {
        const members = membersOf(group);
        if (members.length === 0) return null;
        return (
          <section key={group} aria-labelledby={`palette-${group}`}>
            <h2 id={`palette-${group}`} className="palette-heading">
              {t(`group.${group}`)}
            </h2>
            {members.map((kind) => (
              <PaletteItem key={kind.id} kind={kind} />
            ))}
          </section>
        );
      })}
      <p className="palette-hint">{t("paletteHint")}</p>
    </nav>
  );
}

function membersOf(group: string): KindDeclaration[] {
  return [...kinds().values()].filter((kind) => kind.palette.group === group).sort((a, b) => a.palette.order - b.palette.order);
}

/** How far the pointer must go before a press is a drag. */
const dragPixels = 4;

function PaletteItem({ kind }: { readonly kind: KindDeclaration }) {
  const t = useWords();
  const { name } = useKindWords(kind.id);
  const pressed = useRef<{ x: number; y: number } | null>(null);
  const dragged = useRef(false);
  const move = (event: PointerEvent) => {
    const from = pressed.current;
    if (from === null || Math.hypot(event.clientX - from.x, event.clientY - from.y) < dragPixels) return;
    pressed.current = null;
    dragged.current = true;
    beginPlacing(kind.id);
  };
  return (
    <button
      type="button"
      className="palette-item"
      title={t("paletteItemHelp", { kind: name })}
      data-kind={kind.id}
      onPointerDown={(event) => {
        pressed.current = event.button === 0 ? { x: event.clientX, y: event.clientY } : null;
        dragged.current = false;
      }}
      onPointerMove={move}
      onPointerUp={() => (pressed.current = null)}
      onClick={() => {
        if (!dragged.current) placeKind(kind.id);
      }}
    >
      <KindIcon kind={kind.id} />
      <span className="palette-name">{name}</span>
      <kbd>{keyText(kind.palette.key)}</kbd>
    </button>
  );
}
