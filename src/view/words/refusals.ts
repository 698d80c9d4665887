import type { AdmitError } from "../../document/admit-error.ts";
import { explain, sentenceOf } from "../../document/admit-words.ts";
import { kindOf } from "../state/kinds.ts";
import { currentLanguage, kindWords } from "./words.ts";

/** A kind that nobody knows is called what the file calls it. */
const kindName = (kind: string): string => (kindOf(kind) === null ? kind : kindWords(kind).name);

/** Why something may not be done, in the person's language: for a toast beside the gesture, which shows the place itself. */
export const refusalText = (error: { readonly code: string; readonly values?: AdmitError["values"] }): string =>
  sentenceOf({ code: error.code, ...(error.values === undefined ? {} : { values: error.values }) }, currentLanguage(), kindName);

/** What is wrong with a file, and where. */
export const errorText = (error: AdmitError): string => explain(error, currentLanguage(), kindName);
