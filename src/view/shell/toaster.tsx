import { createRoot } from "react-dom/client";
import { Toaster, toast } from "sonner";
import { words } from "../words/words.ts";

const host = document.createElement("div");
document.body.append(host);
createRoot(host).render(
  <Toaster
    position="bottom-center"
    offset={148}
    containerAriaLabel={words()("toasts")}
    toastOptions={{ unstyled: true, classNames: { toast: "toast", actionButton: "toast-action" } }}
  />,
);

/** Long enough to be read aloud to a class. */
const durationMs = { refusal: 7000, note: 4000 };

export function show(tone: "refusal" | "note", message: string, action?: { readonly label: string; readonly run: () => void }): void {
  // Said again, it is the same toast, not a pile of them.
  const options = {
    id: message,
    duration: durationMs[tone],
    ...(action === undefined ? {} : { action: { label: action.label, onClick: action.run } }),
  };
  if (tone === "refusal") toast.error(message, options);
  else toast(message, options);
}
