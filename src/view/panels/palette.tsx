import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { hands } from "../hands/hands.ts";
import { keyText } from "../keys/key-map.ts";
import { beginPlacing } from "../canvas/placing.ts";
import { kinds } from "../state/kinds.ts";
import { useKindWords, useWords } from "../words/words.ts";
import { KindIcon } from "./kind-icon.tsx";

const groups = ["traffic", "machines", "network", "images", "backing"] as const;

/** Everything that can be placed: click it, drag it out, or press its key. */
export function Palette() {
  const t = useWords();
  const [stop, setStop] = useState<string | null>(null);
  const first = groups.flatMap(membersOf)[0]?.id;
  return (
    <nav className="palette" aria-label={t("palette")} onKeyDown={walk} onFocus={({ target }) => setStop(target.dataset["kind"] ?? null)}>
      {groups.map((group) => {
        const members = membersOf(group);
        if (members.length === 0) return null;
        return (
          <section key={group} aria-labelledby={`palette-${group}`}>
            <h2 id={`palette-${group}`} className="palette-heading">
              {t(`group.${group}`)}
            </h2>
            {members.map((kind) => (
              <PaletteItem key={kind.id} kind={kind} isStop={kind.id === (stop ?? first)} />
            ))}
          </section>
        );
      })}
      <p className="palette-hint">{t("paletteHint")}</p>
    </nav>
  );
}

/** Up and down go from kind to kind, so that one press of Tab leads in and one out. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>(".palette-item")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (step === 0 || at < 0) return;
  event.preventDefault();
  items[(at + step + items.length) % items.length]!.focus();
}

function membersOf(group: string): KindDeclaration[] {
  return [...kinds().values()].filter((kind) => kind.palette.group === group).sort((a, b) => a.palette.order - b.palette.order);
}

/** How far the pointer must go before a press is a drag. */
const dragPixels = 4;

function PaletteItem({ kind, isStop }: { readonly kind: KindDeclaration; readonly isStop: boolean }) {
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
      tabIndex={isStop ? 0 : -1}
      data-kind={kind.id}
      onPointerDown={(event) => {
        pressed.current = event.button === 0 ? { x: event.clientX, y: event.clientY } : null;
        dragged.current = false;
      }}
      onPointerMove={move}
      onPointerUp={() => (pressed.current = null)}
      onClick={() => {
        if (!dragged.current) hands(({ placeKind }) => placeKind(kind.id));
      }}
    >
      <KindIcon kind={kind.id} />
      <span className="palette-name">{name}</span>
      <kbd>{keyText(kind.palette.key).replace("Shift ", "⇧")}</kbd>
    </button>
  );
}
