import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "../shell/button.tsx";
import { CloseIcon } from "../shell/icons.tsx";
import { useFocusBack } from "../shell/focus.ts";
import { openDialog } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";

interface Props {
  readonly title: string;
  readonly about?: string;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** A dialog with a title, closed by Escape, its button, or a press outside. */
export function Dialog({ title, about, children, wide = false }: Props) {
  const t = useWords();
  const focusBack = useFocusBack();
  return (
    <Radix.Root open onOpenChange={(open) => !open && openDialog(null)}>
      <Radix.Portal>
        <Radix.Overlay className="dialog-veil" />
        <Radix.Content
          className={wide ? "dialog wide" : "dialog"}
          {...(about === undefined ? { "aria-describedby": undefined } : {})}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            focusBack();
          }}
          onEscapeKeyDown={sparesComposing}
        >
          <div className="flex items-center gap-2">
            <Radix.Title className="flex-1 text-15 font-semibold">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={t("close")}>
                <CloseIcon size={15} />
              </IconButton>
            </Radix.Close>
          </div>
          {about !== undefined && <Radix.Description className="mb-3 text-ink2">{about}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Escape in the middle of a word in 中文 gives up the word, not the dialog. */
export function sparesComposing(event: KeyboardEvent): void {
  if (event.isComposing) event.preventDefault();
}
