export { admit, admitText } from "../../document/admit.ts";
export { doTidily, refuseStanding } from "../canvas/doing.ts";
export { linkTo } from "../canvas/link-ends.ts";
export { duplicate, removeSelection, switchSide } from "../keys/edit-commands.ts";
export { askToRun, runImage } from "../images/run-image.ts";
export { placeKind } from "../keys/place-kind.ts";
export { tidyUp } from "../keys/tidy-up.ts";
export { dispatch, followDocument, redo, takeDocument, tell, undo } from "../state/editing.ts";
export { refusalText } from "../words/refusals.ts";
