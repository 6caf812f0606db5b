import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Protocols of target groups. Other protocols of load balancers, UDP for one, know no connections whose end an instance
 * could wait for.
 */
export const TargetGroupProtocol = {
  /** Behind an Application Load Balancer. */
  Http: "HTTP",
  /** Behind an Application Load Balancer. */
  Https: "HTTPS",
  /** Behind a Network Load Balancer. */
  Tcp: "TCP",
  /** Behind a Network Load Balancer. */
  Tls: "TLS",
} as const;
/** Protocols of target groups. */
export type TargetGroupProtocol = (typeof TargetGroupProtocol)[keyof typeof TargetGroupProtocol];

/** The target group through which a load balancer reaches the instances. */
export interface TargetGroupArgs {
  /** Port of the application on the instances, 1 to 65535. */
  port: number;
  /**
   * Protocol between load balancer and instances: HTTP or HTTPS behind an Application Load Balancer, TCP or TLS behind a
   * Network Load Balancer. Defaults to HTTP.
   */
  protocol?: TargetGroupProtocol;
  /**
   * Health check. Defaults to Elastic Load Balancing's own, every 30 seconds: GET / for HTTP and HTTPS, a connection for
   * TCP and TLS.
   */
  healthCheck?: pulumi.Input<aws.types.input.lb.TargetGroupHealthCheck>;
  /**
   * Seconds that open connections may take to finish before the terminate hook fires, 0 to 3600. A Network Load Balancer
   * goes on to open connections to the instance for up to 120 seconds, so give at least as many there. Defaults to 300.
   */
  deregistrationDelay?: number;
  /**
   * Whether a Network Load Balancer closes the connections that are still open when `deregistrationDelay` is over. TCP
   * and TLS only. Defaults to false: the connections go on, and the application can close them when it stops.
   */
  connectionTermination?: boolean;
  /** Whether instances see the addresses of the clients. TCP and TLS only. Defaults to true. */
  preserveClientIp?: pulumi.Input<boolean>;
  /**
   * Whether a Network Load Balancer begins each connection with a header of the proxy protocol, version 2. TCP and TLS
   * only. Defaults to false.
   */
  proxyProtocolV2?: pulumi.Input<boolean>;
  /**
   * Seconds over which a new target gets its full share of requests, 30 to 900, or 0. HTTP and HTTPS only. Defaults to
   * 0.
   */
  slowStart?: pulumi.Input<number>;
  /**
   * Stickiness, by cookie for HTTP and HTTPS, by the client's address (type `source_ip`) for TCP; a target group for TLS
   * has none. Defaults to none.
   */
  stickiness?: pulumi.Input<aws.types.input.lb.TargetGroupStickiness>;
}

/** A target group made elsewhere, in this program or another. */
export interface TargetGroupRef {
  /** ARN of the target group, whose targets are instances. */
  arn: pulumi.Input<string>;
  /**
   * The deregistration delay that the target group has, 0 to 3600 seconds. Too small a number makes `pulumi destroy`
   * give up while instances drain. Defaults to 300, which is Elastic Load Balancing's own default.
   */
  deregistrationDelay?: number;
  /** The protocol that the target group has. Defaults to HTTP. */
  protocol?: TargetGroupProtocol;
  /** Whether the target group closes the connections that are still open after the delay. Defaults to false. */
  connectionTermination?: boolean;
}
