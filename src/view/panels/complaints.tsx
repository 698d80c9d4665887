import { useEffect, useState } from "react";
import type { ComplaintsOf } from "../kit/face.ts";
import { useLanguage } from "../words/language.ts";

export type FileComplaints = () => Promise<ComplaintsOf>;

/** What is wrong with a file that another program is to read, line by line; nothing while it is sound. */
export function Complaints({ text, load }: { readonly text: string; readonly load: FileComplaints }) {
  const language = useLanguage((state) => state.language);
  const [complaintsOf, setComplaintsOf] = useState<ComplaintsOf | null>(null);
  useEffect(() => void load().then((found) => setComplaintsOf(() => found)), [load]);
  const complaints = complaintsOf?.(text, language) ?? [];
  if (complaints.length === 0) return null;
  return (
    <ul role="alert" className="text-bad">
      {complaints.map((complaint) => (
        <li key={complaint}>▲ {complaint}</li>
      ))}
    </ul>
  );
}
