import { describeStepIn } from "./step";

describeStepIn({ name: "busybox", interpreter: "/bin/busybox sh" });
