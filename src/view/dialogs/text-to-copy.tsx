import { useState, type ReactNode } from "react";
import { useWords } from "../words/words.ts";

interface TextProps {
  readonly text: string;
  readonly label: string;
  /** Lines stay as they are, however long. */
  readonly unwrapped?: boolean;
  /** What else can be done with the text, before it is copied; without it, copying is what one comes for. */
  readonly children?: ReactNode;
}

/** A text to the clipboard, or to be selected and copied by hand where that is closed. */
export function TextToCopy({ text, label, unwrapped = false, children }: TextProps) {
  const t = useWords();
  const [copied, setCopied] = useState<"no" | "yes" | "failed">("no");
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setCopied("yes"),
      () => setCopied("failed"),
    );
  const isMain = children === undefined;
  return (
    <>
      <div className="flex items-center gap-2">
        {children}
        <button type="button" className={isMain ? "chip strong" : "chip"} autoFocus={isMain} onClick={copy}>
          {t("exportCopy")}
        </button>
        <span role="status" className="text-ink2">
          {copied === "yes" ? t("copied") : copied === "failed" ? t("clipboardClosed") : ""}
        </span>
      </div>
      <textarea
        className="field mt-3 h-[min(24rem,50vh)] max-h-none! font-mono text-12"
        readOnly
        spellCheck={false}
        wrap={unwrapped ? "off" : undefined}
        value={text}
        aria-label={label}
        onFocus={(event) => event.target.select()}
      />
    </>
  );
}
