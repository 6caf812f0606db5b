import { makeParts } from "./policies/kinds";

/** Parts of stacks in which no policy finds anything. */
export const parts = makeParts("right");
