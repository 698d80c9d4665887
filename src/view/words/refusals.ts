import type { AdmitError } from "../../document/admit-error.ts";
