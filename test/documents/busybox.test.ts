import { describeOutputIn } from "./output";
import { describeStepIn } from "./step";

const shell = { name: "busybox", interpreter: "/bin/busybox sh" };

describeStepIn(shell);
describeOutputIn(shell);
