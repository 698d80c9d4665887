import { faceOf } from "../kit/face.ts";

/** A kind's own drawing. */
export function KindIcon({ kind, size = 18 }: { readonly kind: string; readonly size?: number }) {
  const Icon = faceOf(kind)?.icon;
  return <span className="text-ink2">{Icon === undefined ? null : <Icon size={size} />}</span>;
}
