import { makeParts } from "./policies/kinds";

/** Parts of stacks with a mistake each. */
export const parts = makeParts("wrong");
