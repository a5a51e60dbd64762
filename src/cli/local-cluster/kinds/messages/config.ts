/** Namespaces, settings, secrets, events, quotas. */
export const config = `
package io.k8s.api.core.v1
Namespace: A room for names: objects in different namespaces do not get in each other's way.
  1 metadata ObjectMeta
  2 spec NamespaceSpec
  3 status NamespaceStatus
NamespaceSpec: What has to happen before the namespace goes.
  1 finalizers [string]: Those who have to agree before the namespace goes.
NamespaceStatus: Whether the namespace is in use.
  1 phase string (Active|Terminating): Active or Terminating.
  2 conditions [NamespaceCondition] by type
NamespaceCondition: A finding about a namespace that is going away.
  1 type! string: What the condition says, in a word.
  2 status! string: True, False or Unknown.
  4 lastTransitionTime Time
  5 reason string
  6 message string
ConfigMap: Settings, as texts and files by name.
  1 metadata ObjectMeta
  4 immutable bool?: Whether the data may not be changed any more.
  2 data {string}: Texts by name.
  3 binaryData {bytes}: Other bytes by name, in base64.
Secret: Passwords, keys and the like, by name.
  1 metadata ObjectMeta
  5 immutable bool?: Whether the data may not be changed any more.
  2 data {bytes}: The values in base64, by name.
  4 stringData {string}: The values as plain text, by name; for writing only, they go to data.
  3 type string =Opaque: What kind of secret it is; Opaque when nothing is said.
ServiceAccount: An identity for pods.
  1 metadata ObjectMeta
  2 secrets [ObjectReference] by name: Secrets that its pods may use.
  3 imagePullSecrets [LocalObjectReference]: Secrets for pulling the images of its pods.
  4 automountServiceAccountToken bool?: Whether its token is mounted in its pods.
Event: Something that happened to an object, for people to read.
  1 metadata! ObjectMeta
  2 involvedObject! ObjectReference: The object that it happened to.
  3 reason string: One CamelCase word for what happened.
  4 message string: What happened, in a sentence.
  5 source EventSource: Who says so.
  6 firstTimestamp Time: When it first happened.
  7 lastTimestamp Time: When it last happened.
  8 count int32: How often it happened.
  9 type string: Normal or Warning.
  10 eventTime MicroTime: When it first happened, more exactly.
  11 series EventSeries: How often it happened, when more than once.
  12 action string: What was done or failed.
  13 related ObjectReference: Another object that has to do with it.
  14 reportingComponent string: Which controller says so.
  15 reportingInstance string: Which instance of it says so.
EventSource: Who tells of an Event.
  1 component string: The program.
  2 host string: The node.
EventSeries: How often an Event happened.
  1 count int32: How often.
  2 lastObservedTime MicroTime: When it last happened.
LimitRange: Bounds and defaults for the resources of single objects in a namespace.
  1 metadata ObjectMeta
  2 spec LimitRangeSpec
LimitRangeSpec: The bounds.
  1 limits! [LimitRangeItem]: The bounds for each kind of thing.
LimitRangeItem: The bounds for one kind of thing.
  1 type! string: Pod, Container or PersistentVolumeClaim.
  2 max {Quantity}: The most, by resource.
  3 min {Quantity}: The least, by resource.
  4 default {Quantity}: The limit when nothing is said, by resource.
  5 defaultRequest {Quantity}: The request when nothing is said, by resource.
  6 maxLimitRequestRatio {Quantity}: How many times the request the limit may be.
ResourceQuota: How much all objects of a namespace may use together.
  1 metadata ObjectMeta
  2 spec ResourceQuotaSpec
  3 status ResourceQuotaStatus
ResourceQuotaSpec: The limits.
  1 hard {Quantity}: The most, by resource.
  2 scopes [string] (BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating|VolumeAttributesClass): Which objects count; they have to fit all scopes.
  3 scopeSelector ScopeSelector: The same, with operators.
ScopeSelector atomic: Which objects count.
  1 matchExpressions [ScopedResourceSelectorRequirement]: Requirements that all have to hold.
ScopedResourceSelectorRequirement: A requirement on the scope of an object.
  1 scopeName! string (BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating|VolumeAttributesClass): The scope.
  2 operator! string (DoesNotExist|Exists|In|NotIn): In, NotIn, Exists or DoesNotExist.
  3 values [string]
ResourceQuotaStatus: The limits, and what is used.
  1 hard {Quantity}: The most, by resource.
  2 used {Quantity}: What is used, by resource.
package io.k8s.api.events.v1
events.Event: Something that happened to an object, for people to read.
  1 metadata ObjectMeta
  2 eventTime! MicroTime: When it first happened.
  3 series events.EventSeries: How often it happened, when more than once.
  4 reportingController string: Who says so.
  5 reportingInstance string: Which instance of it says so.
  6 action string: What was done or failed.
  7 reason string: One CamelCase word for what happened.
  8 regarding ObjectReference: The object that it happened to.
  9 related ObjectReference: Another object that has to do with it.
  10 note string: What happened, in a sentence.
  11 type string: Normal or Warning.
  12 deprecatedSource EventSource: Who says so, as the core group has it.
  13 deprecatedFirstTimestamp Time: When it first happened, as the core group has it.
  14 deprecatedLastTimestamp Time: When it last happened, as the core group has it.
  15 deprecatedCount int32: How often it happened, as the core group has it.
events.EventSeries: How often an Event happened.
  1 count! int32: How often.
  2 lastObservedTime! MicroTime: When it last happened.
`;
