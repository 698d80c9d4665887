import { defineKind } from "../../engine/kind.ts";
import { behaviour } from "./behaviour.ts";
import { declaration } from "./declaration.ts";

export default defineKind(declaration, behaviour);
