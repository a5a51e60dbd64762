/** What was seen of pods. */
export const podStatus = `
package io.k8s.api.core.v1
PodStatus: What was last seen of a pod.
  17 observedGeneration int64
  1 phase string (Failed|Pending|Running|Succeeded|Unknown): Pending, Running, Succeeded, Failed or Unknown.
  2 conditions [PodCondition] by type
  3 message string
  4 reason string
  11 nominatedNodeName string: The node where room is being made for it.
  5 hostIP string: The address of its node.
  16 hostIPs [HostIP]: The addresses of its node.
  6 podIP string: Its address.
  12 podIPs [PodIP] by ip: Its addresses, one for each family.
  7 startTime Time: When its node took it.
  10 initContainerStatuses [ContainerStatus]: What was last seen of the init containers.
  8 containerStatuses [ContainerStatus]: What was last seen of the containers.
  9 qosClass string (BestEffort|Burstable|Guaranteed): Guaranteed, Burstable or BestEffort: who has to go first when memory runs out.
  13 ephemeralContainerStatuses [ContainerStatus]: What was last seen of the containers that joined later.
  14 resize string: How far a change of its resources has come.
  15 resourceClaimStatuses [PodResourceClaimStatus] by name retain: The claims that were made for it.
  18 extendedResourceClaimStatus PodExtendedResourceClaimStatus: The claim that serves its extended resources.
  19 allocatedResources {Quantity}: What the node has set aside for it.
  20 resources ResourceRequirements: What it has in fact.
  21 nodeAllocatableResourceClaimStatuses [NodeAllocatableResourceClaimStatus]: What its claims take from the node's resources.
PodCondition: A finding about a pod.
  1 type! string: PodScheduled, Initialized, ContainersReady, Ready and others.
  7 observedGeneration int64
  2 status! string: True, False or Unknown.
  3 lastProbeTime Time
  4 lastTransitionTime Time
  5 reason string
  6 message string
HostIP: An address of the node.
  1 ip! string: The address.
PodIP: An address of the pod.
  1 ip! string: The address.
ContainerStatus: What was last seen of a container.
  1 name! string: The name of the container.
  2 state ContainerState: What it is doing.
  3 lastState ContainerState: How it ended the time before.
  4 ready! bool: Whether it may get traffic.
  5 restartCount! int32: How often it was restarted.
  6 image! string
  7 imageID! string: The exact image that it runs.
  8 containerID string: Its id at the runtime.
  9 started bool?: Whether its startup probe has succeeded.
  10 allocatedResources {Quantity}: What the node has set aside for it.
  11 resources ResourceRequirements: What it has in fact.
  12 volumeMounts [VolumeMountStatus] by mountPath: What is mounted.
  13 user ContainerUser: The user that it runs as.
  14 allocatedResourcesStatus [ResourceStatus] by name: The health of its devices.
  15 stopSignal string (SIGABRT|SIGALRM|SIGBUS|SIGCHLD|SIGCLD|SIGCONT|SIGFPE|SIGHUP|SIGILL|SIGINT|SIGIO|SIGIOT|SIGKILL|SIGPIPE|SIGPOLL|SIGPROF|SIGPWR|SIGQUIT|SIGRTMAX|SIGRTMAX-1|SIGRTMAX-10|SIGRTMAX-11|SIGRTMAX-12|SIGRTMAX-13|SIGRTMAX-14|SIGRTMAX-2|SIGRTMAX-3|SIGRTMAX-4|SIGRTMAX-5|SIGRTMAX-6|SIGRTMAX-7|SIGRTMAX-8|SIGRTMAX-9|SIGRTMIN|SIGRTMIN+1|SIGRTMIN+10|SIGRTMIN+11|SIGRTMIN+12|SIGRTMIN+13|SIGRTMIN+14|SIGRTMIN+15|SIGRTMIN+2|SIGRTMIN+3|SIGRTMIN+4|SIGRTMIN+5|SIGRTMIN+6|SIGRTMIN+7|SIGRTMIN+8|SIGRTMIN+9|SIGSEGV|SIGSTKFLT|SIGSTOP|SIGSYS|SIGTERM|SIGTRAP|SIGTSTP|SIGTTIN|SIGTTOU|SIGURG|SIGUSR1|SIGUSR2|SIGVTALRM|SIGWINCH|SIGXCPU|SIGXFSZ): The signal that ends it.
ContainerState: What a container is doing; one of these.
  1 waiting ContainerStateWaiting: It has not started yet.
  2 running ContainerStateRunning: It runs.
  3 terminated ContainerStateTerminated: It has ended.
ContainerStateWaiting: A container that has not started yet.
  1 reason string
  2 message string
ContainerStateRunning: A container that runs.
  1 startedAt Time: Since when.
ContainerStateTerminated: A container that has ended.
  1 exitCode! int32: Its exit code.
  2 signal int32: The signal that ended it.
  3 reason string
  4 message string
  5 startedAt Time: When it began.
  6 finishedAt Time: When it ended.
  7 containerID string: Its id at the runtime.
VolumeMountStatus: What is mounted in a container.
  1 name! string: The name of the volume.
  2 mountPath! string: Where it is mounted.
  3 readOnly bool
  4 recursiveReadOnly string: Whether mounts below it are read-only too.
  5 volumeStatus VolumeStatus: More about the volume.
VolumeStatus: More about a volume.
  1 image ImageVolumeStatus: The image of the volume.
ImageVolumeStatus: The image of a volume, as it was pulled.
  1 imageRef! string: The exact image.
ContainerUser: The user that a container runs as.
  1 linux LinuxContainerUser: On Linux.
LinuxContainerUser: The user that a container runs as.
  1 uid! int64: The number of the user.
  2 gid! int64: The number of the group.
  3 supplementalGroups [int64]: The numbers of the other groups.
ResourceStatus: The health of one resource of a container.
  1 name! string: The resource.
  2 resources [ResourceHealth] by resourceID unpatched: Its devices.
ResourceHealth: The health of a device.
  1 resourceID! string: The id of the device.
  2 health string: Healthy, Unhealthy or Unknown.
  6 message string
PodResourceClaimStatus: The claim that was made for the pod.
  1 name! string: The name in the pod.
  2 resourceClaimName string: The claim.
PodExtendedResourceClaimStatus: The claim that serves the pod's extended resources.
  1 requestMappings! [ContainerExtendedResourceRequest]: Which request serves which container.
  2 resourceClaimName! string: The claim.
ContainerExtendedResourceRequest: Which request of a claim serves a container's resource.
  1 containerName! string: The container.
  2 resourceName! string: The resource.
  3 requestName! string: The request in the claim.
NodeAllocatableResourceClaimStatus: What a claim takes from the node's resources.
  1 resourceClaimName! string: The claim.
  2 containers [string] set unpatched: The containers that use it.
  3 resources! {Quantity}: How much, by resource.
`;
