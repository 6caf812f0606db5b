export { decide } from "./decide";
export {
  complete as completionOf,
  isGood,
  type Completion,
  type Decision,
  type Inspection,
  type Outcome,
} from "./decision";
export { beginning, beginningOfTheWait, commandsOfThisAction, drainOf, longestAction } from "./time";
