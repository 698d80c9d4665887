import * as z from "zod/mini";

/** The page's content policy forbids evaluating text, which zod would otherwise try as soon as it parses an object. */
z.config({ jitless: true });

export { z };
