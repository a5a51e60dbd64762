/** How many pods there are, and which of them matter. */
export const scaling = `
package io.k8s.api.autoscaling.v2
HorizontalPodAutoscaler: Changes the number of pods by what they are seen to use.
  1 metadata ObjectMeta
  2 spec! HorizontalPodAutoscalerSpec
  3 status HorizontalPodAutoscalerStatus ={}
HorizontalPodAutoscalerSpec: What is scaled, within which bounds, by which metrics.
  1 scaleTargetRef! CrossVersionObjectReference: The object whose replicas are changed.
  2 minReplicas int32? =1: Never fewer pods; 1 when nothing is said.
  3 maxReplicas! int32: Never more pods.
  4 metrics [MetricSpec]: What to look at; the metric that asks for the most pods wins.
  5 behavior HorizontalPodAutoscalerBehavior: How fast the number of pods may change.
CrossVersionObjectReference: Names an object whose version does not matter.
  1 kind! string: The kind of the object.
  2 name! string: The name of the object.
  3 apiVersion string
MetricSpec: One metric to scale by.
  1 type! string: Which of the fields below is set.
  2 object ObjectMetricSource: A metric of one object.
  3 pods PodsMetricSource: A metric of each pod, averaged.
  4 resource ResourceMetricSource: The CPU or memory that the pods use.
  7 containerResource ContainerResourceMetricSource: The CPU or memory that one container of the pods uses.
  5 external ExternalMetricSource: A metric from outside the cluster.
ObjectMetricSource: Scale by a metric of one object.
  1 describedObject! CrossVersionObjectReference: The object.
  2 target! MetricTarget
  3 metric! MetricIdentifier
MetricTarget: The value of a metric to aim at.
  1 type! string: Utilization, Value or AverageValue.
  2 value Quantity
  3 averageValue Quantity
  4 averageUtilization int32?
MetricIdentifier: Names a metric.
  1 name! string
  2 selector LabelSelector: Which of its series, by labels.
PodsMetricSource: Scale by a metric of each pod, averaged.
  1 metric! MetricIdentifier
  2 target! MetricTarget
ResourceMetricSource: Scale by how much CPU or memory the pods use.
  1 name! string: The resource: cpu or memory.
  2 target! MetricTarget
ContainerResourceMetricSource: Scale by how much CPU or memory one container of the pods uses.
  1 name! string: The resource: cpu or memory.
  2 target! MetricTarget
  3 container! string
ExternalMetricSource: Scale by a metric from outside the cluster.
  1 metric! MetricIdentifier
  2 target! MetricTarget
HorizontalPodAutoscalerBehavior: How fast the number of pods may change.
  1 scaleUp HPAScalingRules: Towards more pods.
  2 scaleDown HPAScalingRules: Towards fewer pods.
HPAScalingRules: How fast the number of pods may change in one direction.
  3 stabilizationWindowSeconds int32?: How many seconds of earlier recommendations are taken into account, so that it does not swing.
  1 selectPolicy string: Which policy counts: Max, Min or Disabled.
  2 policies [HPAScalingPolicy]: How much may change within a time.
  4 tolerance Quantity: How far a metric may be off before anything is done.
HPAScalingPolicy: How much may change within a time.
  1 type! string: Pods, a number of them, or Percent.
  2 value! int32: How much may change.
  3 periodSeconds! int32: Within how many seconds.
HorizontalPodAutoscalerStatus: What the autoscaler last did.
  1 observedGeneration int64?
  2 lastScaleTime Time: When it last changed the number of pods.
  3 currentReplicas int32: How many pods it saw.
  4 desiredReplicas! int32 =0: How many pods it wants.
  5 currentMetrics [MetricStatus]: What the metrics were.
  6 conditions [HorizontalPodAutoscalerCondition] by type
MetricStatus: What one metric was.
  1 type! string: Which of the fields below is set.
  2 object ObjectMetricStatus: A metric of one object.
  3 pods PodsMetricStatus: A metric of each pod, averaged.
  4 resource ResourceMetricStatus: The CPU or memory that the pods use.
  7 containerResource ContainerResourceMetricStatus: The CPU or memory that one container of the pods uses.
  5 external ExternalMetricStatus: A metric from outside the cluster.
ObjectMetricStatus: What a metric of one object was.
  1 metric! MetricIdentifier
  2 current! MetricValueStatus
  3 describedObject! CrossVersionObjectReference: The object.
MetricValueStatus: The value that a metric had.
  1 value Quantity
  2 averageValue Quantity
  3 averageUtilization int32?
PodsMetricStatus: What a metric of the pods was.
  1 metric! MetricIdentifier
  2 current! MetricValueStatus
ResourceMetricStatus: How much the pods use.
  1 name! string: The resource.
  2 current! MetricValueStatus
ContainerResourceMetricStatus: How much one container of the pods uses.
  1 name! string: The resource.
  2 current! MetricValueStatus
  3 container! string
ExternalMetricStatus: What a metric from outside the cluster was.
  1 metric! MetricIdentifier
  2 current! MetricValueStatus
HorizontalPodAutoscalerCondition: A finding about an autoscaler.
  1 type! string: What the condition says, in a word.
  2 status! string: True, False or Unknown.
  3 lastTransitionTime Time
  4 reason string
  5 message string
package io.k8s.api.autoscaling.v1
Scale: The number of replicas of an object that has one.
  1 metadata ObjectMeta
  2 spec ScaleSpec
  3 status ScaleStatus
ScaleSpec: The number that is wanted.
  1 replicas int32: How many replicas are wanted.
ScaleStatus: The number that is there.
  1 replicas! int32: How many replicas are there.
  2 selector string: The labels of the pods, as in a query.
package io.k8s.api.policy.v1
PodDisruptionBudget: How many pods may be taken away on purpose at a time.
  1 metadata ObjectMeta
  2 spec PodDisruptionBudgetSpec
  3 status PodDisruptionBudgetStatus
PodDisruptionBudgetSpec: The pods, and how many of them have to stay.
  1 minAvailable IntOrString: How many pods have to stay, as a number or a percentage.
  2 selector LabelSelector replace: The pods.
  3 maxUnavailable IntOrString: How many pods may be missing, as a number or a percentage; not together with minAvailable.
  4 unhealthyPodEvictionPolicy string (AlwaysAllow|IfHealthyBudget): Whether pods that are not ready may always be taken away: AlwaysAllow or IfHealthyBudget.
PodDisruptionBudgetStatus: How many pods may be taken away now.
  1 observedGeneration int64
  2 disruptedPods {Time}: Pods that are being taken away, and since when.
  3 disruptionsAllowed int32: How many more may be taken away now.
  4 currentHealthy int32: How many pods are ready.
  5 desiredHealthy int32: How many pods have to be ready.
  6 expectedPods int32: How many pods there should be.
  7 conditions [Condition] by type
package io.k8s.api.scheduling.v1
PriorityClass: How important pods are that name this class.
  1 metadata ObjectMeta
  2 value int32: The higher the number, the more important.
  3 globalDefault bool: Whether pods that name no class get this one.
  4 description string: What the class is for.
  5 preemptionPolicy string =PreemptLowerPriority (Never|PreemptLowerPriority): Whether less important pods are taken away to make room: PreemptLowerPriority or Never.
package io.k8s.api.coordination.v1
Lease: A lock with a time limit, by which replicas agree on who leads.
  1 metadata ObjectMeta
  2 spec LeaseSpec
LeaseSpec: Who holds the lock, and until when.
  1 holderIdentity string: Who holds it.
  2 leaseDurationSeconds int32?: Seconds after the last renewal when others may take it.
  3 acquireTime MicroTime: When the holder took it.
  4 renewTime MicroTime: When the holder last renewed it.
  5 leaseTransitions int32?: How often it changed hands.
  6 strategy string: How the next holder is chosen.
  7 preferredHolder string: Who should hold it next.
`;
