/** The kinds that own pods. */
export const workloads = `
package io.k8s.api.apps.v1
Deployment: Keeps a number of equal pods running and replaces them step by step when their template changes.
  1 metadata ObjectMeta
  2 spec DeploymentSpec ={}
  3 status DeploymentStatus
DeploymentSpec: The pods to keep running, how many, and how they are replaced.
  1 replicas int32? =1: How many pods to keep; 1 when nothing is said.
  2 selector! LabelSelector: The labels by which it knows its pods; they have to be on the template, and cannot be changed later.
  3 template! PodTemplateSpec ={}
  4 strategy DeploymentStrategy retain ={}: How old pods are replaced by new ones.
  5 minReadySeconds int32
  6 revisionHistoryLimit int32? =10
  7 paused bool: Whether changes of the template have to wait.
  9 progressDeadlineSeconds int32? =600: Seconds without progress after which the rollout counts as failed.
DeploymentStrategy: How old pods are replaced by new ones.
  1 type string =RollingUpdate (Recreate|RollingUpdate): RollingUpdate, or Recreate: all old pods go before new ones come.
  2 rollingUpdate RollingUpdateDeployment
RollingUpdateDeployment: The numbers for a rolling update of a Deployment.
  1 maxUnavailable IntOrString
  2 maxSurge IntOrString
DeploymentStatus: How far the rollout has come.
  1 observedGeneration int64
  2 replicas int32
  3 updatedReplicas int32
  7 readyReplicas int32
  4 availableReplicas int32
  5 unavailableReplicas int32: How many pods are missing for the Deployment to be complete.
  9 terminatingReplicas int32?
  6 conditions [DeploymentCondition] by type
  8 collisionCount int32?
DeploymentCondition: A finding about a Deployment.
  1 type! string: Available, Progressing or ReplicaFailure.
  2 status! string: True, False or Unknown.
  6 lastUpdateTime Time
  7 lastTransitionTime Time
  4 reason string
  5 message string
ReplicaSet: Keeps a number of equal pods running. Usually made by a Deployment.
  1 metadata ObjectMeta
  2 spec ReplicaSetSpec ={}
  3 status ReplicaSetStatus ={}
ReplicaSetSpec: The pods to keep running, and how many.
  1 replicas int32? =1: How many pods to keep; 1 when nothing is said.
  4 minReadySeconds int32
  2 selector! LabelSelector
  3 template PodTemplateSpec ={}
ReplicaSetStatus: How many pods there are.
  1 replicas! int32 =0
  2 fullyLabeledReplicas int32
  4 readyReplicas int32
  5 availableReplicas int32
  7 terminatingReplicas int32?
  3 observedGeneration int64
  6 conditions [ReplicaSetCondition] by type
ReplicaSetCondition: A finding about a ReplicaSet.
  1 type! string: What the condition says, in a word.
  2 status! string: True, False or Unknown.
  3 lastTransitionTime Time
  4 reason string
  5 message string
StatefulSet: Pods with lasting names and volumes of their own.
  1 metadata ObjectMeta
  2 spec StatefulSetSpec ={}
  3 status StatefulSetStatus ={}
StatefulSetSpec: The pods, how many, and the volumes that each gets.
  1 replicas int32? =1: How many pods to keep; 1 when nothing is said.
  2 selector! LabelSelector
  3 template! PodTemplateSpec ={}
  4 volumeClaimTemplates [PersistentVolumeClaim]: A claim of each for every pod; a pod mounts it by its name.
  5 serviceName string: The Service that gives the pods their names in DNS.
  6 podManagementPolicy string =OrderedReady (OrderedReady|Parallel): OrderedReady, one after another, or Parallel.
  7 updateStrategy StatefulSetUpdateStrategy ={}
  8 revisionHistoryLimit int32? =10
  9 minReadySeconds int32
  10 persistentVolumeClaimRetentionPolicy StatefulSetPersistentVolumeClaimRetentionPolicy ={}: What becomes of claims that are not used any more.
  11 ordinals StatefulSetOrdinals: How the pods are numbered.
StatefulSetUpdateStrategy: How the pods of a StatefulSet are replaced.
  1 type string =RollingUpdate (OnDelete|RollingUpdate): RollingUpdate or OnDelete.
  2 rollingUpdate RollingUpdateStatefulSetStrategy
RollingUpdateStatefulSetStrategy: The numbers for a rolling update of a StatefulSet.
  1 partition int32? =0: Pods with a lower number keep the old template.
  2 maxUnavailable IntOrString
StatefulSetPersistentVolumeClaimRetentionPolicy: What becomes of claims that are not used any more: Retain or Delete.
  1 whenDeleted string =Retain: When the StatefulSet is deleted.
  2 whenScaled string =Retain: When there are to be fewer pods.
StatefulSetOrdinals: How the pods are numbered.
  1 start int32: The number of the first pod.
StatefulSetStatus: How many pods there are, and of which revision.
  1 observedGeneration int64
  2 replicas! int32 =0
  3 readyReplicas int32
  4 currentReplicas int32: How many pods are of the current revision.
  5 updatedReplicas int32
  6 currentRevision string: The revision that pods had before the update.
  7 updateRevision string: The revision that pods get.
  9 collisionCount int32?
  10 conditions [StatefulSetCondition] by type
  11 availableReplicas int32 =0
StatefulSetCondition: A finding about a StatefulSet.
  1 type! string: What the condition says, in a word.
  2 status! string: True, False or Unknown.
  3 lastTransitionTime Time
  4 reason string
  5 message string
DaemonSet: One pod on every node, or on some of them.
  1 metadata ObjectMeta
  2 spec DaemonSetSpec ={}
  3 status DaemonSetStatus ={}
DaemonSetSpec: The pods to run on every node.
  1 selector! LabelSelector
  2 template! PodTemplateSpec ={}
  3 updateStrategy DaemonSetUpdateStrategy ={}
  4 minReadySeconds int32
  6 revisionHistoryLimit int32? =10
DaemonSetUpdateStrategy: How the pods of a DaemonSet are replaced.
  1 type string =RollingUpdate (OnDelete|RollingUpdate): RollingUpdate, or OnDelete: a new pod comes when the old one is deleted by hand.
  2 rollingUpdate RollingUpdateDaemonSet
RollingUpdateDaemonSet: The numbers for a rolling update of a DaemonSet.
  1 maxUnavailable IntOrString =1
  2 maxSurge IntOrString =0
DaemonSetStatus: How many nodes have their pod.
  1 currentNumberScheduled! int32 =0: Nodes that run the pod and should.
  2 numberMisscheduled! int32 =0: Nodes that run the pod and should not.
  3 desiredNumberScheduled! int32 =0: Nodes that should run the pod.
  4 numberReady! int32 =0: Nodes whose pod is ready.
  5 observedGeneration int64
  6 updatedNumberScheduled int32: Nodes that run the pod of the newest template.
  7 numberAvailable int32: Nodes whose pod is available.
  8 numberUnavailable int32: Nodes that should have an available pod and have none.
  9 collisionCount int32?
  10 conditions [DaemonSetCondition] by type
DaemonSetCondition: A finding about a DaemonSet.
  1 type! string: What the condition says, in a word.
  2 status! string: True, False or Unknown.
  3 lastTransitionTime Time
  4 reason string
  5 message string
ControllerRevision: A snapshot of the template of a DaemonSet or StatefulSet, kept for going back.
  1 metadata ObjectMeta
  2 data RawExtension: The snapshot.
  3 revision! int64: Counts the snapshots.
package io.k8s.api.core.v1
ReplicationController: Keeps a number of equal pods running; Deployments have taken its place.
  1 metadata ObjectMeta
  2 spec ReplicationControllerSpec ={}
  3 status ReplicationControllerStatus ={}
ReplicationControllerSpec: The pods to keep running, and how many.
  1 replicas int32? =1: How many pods to keep; 1 when nothing is said.
  4 minReadySeconds int32
  2 selector {string} atomic: The labels by which it knows its pods.
  3 template PodTemplateSpec
ReplicationControllerStatus: How many pods there are.
  1 replicas! int32 =0
  2 fullyLabeledReplicas int32
  4 readyReplicas int32
  5 availableReplicas int32
  3 observedGeneration int64
  6 conditions [ReplicationControllerCondition] by type
ReplicationControllerCondition: A finding about a ReplicationController.
  1 type! string: What the condition says, in a word.
  2 status! string: True, False or Unknown.
  3 lastTransitionTime Time
  4 reason string
  5 message string
`;
