export { decide, decideFresh } from "./decide";
export {
  complete as completionOf,
  isGood,
  type Completion,
  type ActionInspection,
  type Decision,
  type FreshDecision,
  type Inspection,
  type Outcome,
} from "./decision";
export { because, type ReasonCode } from "./reason";
export { beginning, beginningOfTheWait, commandsOfThisAction, drainOf, longestAction } from "./time";
