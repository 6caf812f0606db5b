import { defaultDeregistrationDelay, networkDeregistration } from "./limits";

/** How a target group deregisters an instance. */
export interface TargetGroupTimes {
  /** The argument that gives the delay, as an error names it. */
  readonly argument: string;
  /** Seconds that the target group lets connections drain. Defaults to 300. */
  readonly deregistrationDelay?: number | undefined;
  /** Whether a Network Load Balancer forwards to the target group. Defaults to false: an Application Load Balancer. */
  readonly isNetwork?: boolean;
  /**
   * Whether a Network Load Balancer closes the connections that are still open when the delay is over. Defaults to
   * false.
   */
  readonly closesConnections?: boolean;
}

/** How long a target group may take to deregister an instance, seconds. */
export function deregistrationTime({
  deregistrationDelay = defaultDeregistrationDelay,
  isNetwork = false,
}: Pick<TargetGroupTimes, "deregistrationDelay" | "isNetwork">): number {
  return isNetwork ? Math.max(deregistrationDelay, networkDeregistration) : deregistrationDelay;
}

/** Protocols of target groups of Network Load Balancers. Source: Elastic Load Balancing API, CreateTargetGroup. */
const networkProtocols = ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"];

/** Whether a Network Load Balancer forwards to target groups of a protocol. */
export function isNetworkProtocol(protocol: string | undefined): boolean {
  return networkProtocols.some((one) => one === protocol);
}
