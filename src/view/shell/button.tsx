import { useState, type ComponentProps, type ReactNode } from "react";
import { keyText } from "../keys/key-map.ts";

type Props = ComponentProps<"button"> & { readonly keys?: string | undefined };

const titleOf = (label: string | undefined, keys: string | undefined): string | undefined =>
  keys === undefined ? label : `${label ?? ""} (${keyText(keys)})`;

/** A button with a word in it. `title` is said in its tooltip, with its key. */
export function Button({ keys, title, className = "", ...rest }: Props) {
  return <Press className={`chip ${className}`} title={titleOf(title, keys)} {...rest} />;
}

/** A button with only a drawing in it: its label is spoken and shown in its tooltip. */
export function IconButton({
  label,
  keys,
  className = "",
  children,
  ...rest
}: Props & { readonly label: string; readonly children: ReactNode }) {
  return (
    <Press className={`icon-button ${className}`} aria-label={label} title={titleOf(label, keys)} {...rest}>
      {children}
    </Press>
  );
}

/** What it does may make it impossible: then it is greyed at once, but keeps the focus until whoever pressed it goes on. */
function Press({ disabled = false, onClick, ...rest }: ComponentProps<"button">) {
  const [focused, setFocused] = useState(false);
  return (
    <button
      type="button"
      disabled={disabled && !focused}
      aria-disabled={disabled ? true : undefined}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onClick={disabled ? undefined : onClick}
      {...rest}
    />
  );
}
