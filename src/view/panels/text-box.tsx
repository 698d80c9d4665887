import { useState } from "react";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly keep: (typed: string) => void;
}

/** A text of several lines, kept when it is left. */
export function TextBox({ label, value, keep }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <div className="field-row">
      <label htmlFor="text-box">{label}</label>
      <textarea
        id="text-box"
        className="field"
        rows={4}
        maxLength={4000}
        value={typed ?? value}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          if (typed !== null && typed.trim() !== value) keep(typed.trim());
          setTyped(null);
        }}
      />
    </div>
  );
}
