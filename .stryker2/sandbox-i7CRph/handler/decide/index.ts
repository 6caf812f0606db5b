// @ts-nocheck
export { decide } from "./decide";
export {
  complete as completionOf,
  isGood,
  type Completion,
  type Decision,
  type Inspection,
  type Outcome,
} from "./decision";
export { longestAction } from "./time";
