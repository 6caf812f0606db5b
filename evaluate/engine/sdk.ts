import { createRequire } from "node:module";

/** Loads the SDK's own dependencies: its stubs of gRPC work with these copies, and no project has to install them. */
const requireOfSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));

export const grpc = requireOfSdk("@grpc/grpc-js") as typeof import("@grpc/grpc-js");

export const { Empty } = requireOfSdk(
  "google-protobuf/google/protobuf/empty_pb",
) as typeof import("google-protobuf/google/protobuf/empty_pb");

export const { Struct } = requireOfSdk(
  "google-protobuf/google/protobuf/struct_pb",
) as typeof import("google-protobuf/google/protobuf/struct_pb");
