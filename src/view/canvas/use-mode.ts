import { useSelector } from "@xstate/react";
import { modes } from "./modes.ts";

type Context = ReturnType<typeof modes.getSnapshot>["context"];

/** One aspect of what the pointer is doing. */
export const useMode = <Value>(aspect: (context: Context) => Value): Value => useSelector(modes, ({ context }) => aspect(context));
