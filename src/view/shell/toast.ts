/** Sonner is fetched when the first toast is wanted, so that it costs the first paint nothing. */
const sonner = () => import("./toaster.tsx");

type Action = { readonly label: string; readonly run: () => void };

export const toast = {
  /** Something could not be done, and why. */
  refuse: (message: string): void => void sonner().then(({ show }) => show("refusal", message)),
  note: (message: string, action?: Action): void => void sonner().then(({ show }) => show("note", message, action)),
};
