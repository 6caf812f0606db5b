export * from "./call";
export * from "./loopback";
export * from "./server";
