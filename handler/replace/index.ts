export { onRebalance, onRetirement } from "./announcements";
export { replaceInstances } from "./replace";
