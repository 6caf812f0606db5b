export * from "./evaluate";
export { operatorOf, UnknownOperator } from "./operator";
export * from "./policy";
export * from "./principal";
