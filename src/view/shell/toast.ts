import { later } from "../state/later.ts";
import { words } from "../words/words.ts";

/** Sonner is fetched when the first toast is wanted, so that it costs the first paint nothing. */
const sonner = later(() => import("./toaster.tsx"));

type Action = { readonly label: string; readonly run: () => void };

let offered: Action | null = null;

export const toast = {
  /** Something could not be done, and why. */
  refuse: (message: string): void => sonner(({ show }) => show("refusal", message)),
  note: (message: string, action?: Action): void => {
    if (action === undefined) return sonner(({ show }) => show("note", message));
    const offer = { ...action, run: () => (withdraw(offer), action.run()) };
    offered = offer;
    sonner(({ show }) => show("offer", message, { ...offer, gone: () => withdraw(offer) }));
  },
  /** Does what the message that was shown last offers: the way of the keyboard to its button. */
  takeOffer: (): void => {
    if (offered === null) return toast.note(words()("nothingOffered"));
    offered.run();
    sonner(({ dismissAll }) => dismissAll());
  },
};

/** An offer is good for as long as its message is shown. */
function withdraw(offer: Action): void {
  if (offered === offer) offered = null;
}
