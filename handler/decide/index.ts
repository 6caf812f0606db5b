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
export { holdRoom } from "./hold";
export {
  beginning,
  beginningOfTheWait,
  commandsOfThisAction,
  drainOf,
  intervalOf,
  longestAction,
} from "./time";
