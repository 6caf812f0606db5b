/** Names that the blocks of TypeScript in the pages use and do not declare. */
declare const aws: typeof import("@pulumi/aws");
declare const pulumi: typeof import("@pulumi/pulumi");
declare const GracefulAutoScalingGroup: typeof import("graceful-asg").GracefulAutoScalingGroup;
declare const GracefulLifecycle: typeof import("graceful-asg").GracefulLifecycle;
declare const LifecycleHandler: typeof import("graceful-asg").LifecycleHandler;

declare const args: import("graceful-asg").GracefulAutoScalingGroupArgs;
declare const web: import("graceful-asg").GracefulAutoScalingGroupArgs;
declare const jobs: import("graceful-asg").GracefulAutoScalingGroupArgs;

declare const vpcId: string;
declare const subnetIds: string[];
declare const userData: string;
declare const script: string;
declare const loadBalancerArn: string;
declare const alarmTopicArn: string;
declare const page: aws.lambda.Function;
declare const ubuntu: import("@pulumi/aws/ec2").GetAmiResult;
