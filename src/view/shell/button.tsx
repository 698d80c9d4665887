import type { ComponentProps, ReactNode } from "react";
import { keyText } from "../keys/key-map.ts";

type Props = ComponentProps<"button"> & { readonly keys?: string | undefined };

const titleOf = (label: string | undefined, keys: string | undefined): string | undefined =>
  keys === undefined ? label : `${label ?? ""} (${keyText(keys)})`;

/** A button with a word in it. `title` is said in its tooltip, with its key. */
export function Button({ keys, title, className = "", ...rest }: Props) {
  return <button type="button" className={`chip ${className}`} title={titleOf(title, keys)} {...rest} />;
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
    <button type="button" className={`icon-button ${className}`} aria-label={label} title={titleOf(label, keys)} {...rest}>
      {children}
    </button>
  );
}
