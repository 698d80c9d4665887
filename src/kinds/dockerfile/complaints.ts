import { dockerfileErrorText } from "../../document/dockerfile/dockerfile-words.ts";
import { readDockerfile } from "../../document/dockerfile/read-dockerfile.ts";
import type { Language } from "../../document/fill.ts";

/** What `docker build` would refuse, each with its line. */
export function complaintsOf(text: string, language: Language): readonly string[] {
  const reading = readDockerfile(text);
  return reading.ok ? [] : reading.errors.map((error) => dockerfileErrorText(error, language));
}
