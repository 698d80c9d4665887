import { createRoot } from "react-dom/client";
import { Toaster, toast } from "sonner";
import { keyMap, keyText } from "../keys/key-map.ts";
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

/** Long enough to be read aloud to a class; an offer, long enough to be taken up. */
const durationMs = { refusal: 7000, note: 4000, offer: 12_000 };

interface Offer {
  readonly label: string;
  readonly run: () => void;
  /** Called when it is no longer shown. */
  readonly gone: () => void;
}

export function show(tone: keyof typeof durationMs, message: string, offer?: Offer): void {
  // Said again, it is the same toast, not a pile of them.
  const options = { id: message, duration: durationMs[tone], ...(offer === undefined ? {} : offering(offer)) };
  if (tone === "refusal") toast.error(message, options);
  else toast(message, options);
}

const offering = ({ label, run, gone }: Offer) => ({
  action: { label: <Labelled label={label} />, onClick: run },
  onDismiss: gone,
  onAutoClose: gone,
});

function Labelled({ label }: { readonly label: string }) {
  return (
    <>
      {label} <kbd>{keyText(keyMap.takeOffer)}</kbd>
    </>
  );
}

export const dismissAll = (): void => void toast.dismiss();
