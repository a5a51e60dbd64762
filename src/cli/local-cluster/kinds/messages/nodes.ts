/** Nodes. */
export const nodes = `
package io.k8s.api.core.v1
Node: A machine that runs pods.
  1 metadata ObjectMeta
  2 spec NodeSpec
  3 status NodeStatus
NodeSpec: What is wanted of a node.
  1 podCIDR string: The addresses for its pods.
  7 podCIDRs [string] set: The addresses for its pods, one range for each family.
  3 providerID string: Its id at the cloud.
  4 unschedulable bool: Whether new pods keep away.
  5 taints [Taint]: What keeps pods away that do not tolerate it.
  6 configSource NodeConfigSource: Not used any more.
  2 externalID string: Not used any more.
Taint: Keeps pods away from a node that do not tolerate it.
  1 key! string: The key of the taint.
  2 value string
  3 effect! string (NoExecute|NoSchedule|PreferNoSchedule): NoSchedule, PreferNoSchedule or NoExecute.
  4 timeAdded Time: Since when.
NodeConfigSource: Where a node's settings come from; not used any more.
  2 configMap ConfigMapNodeConfigSource: A ConfigMap.
ConfigMapNodeConfigSource: Settings of a node in a ConfigMap; not used any more.
  1 namespace! string
  2 name! string
  3 uid string
  4 resourceVersion string
  5 kubeletConfigKey! string: The entry with the settings of the kubelet.
NodeStatus: What was last seen of a node.
  1 capacity {Quantity}: What it has, by resource.
  2 allocatable {Quantity}: What pods can have of it, by resource.
  3 phase string (Pending|Running|Terminated): Not used any more.
  4 conditions [NodeCondition] by type
  5 addresses [NodeAddress] by type: Its addresses.
  6 daemonEndpoints NodeDaemonEndpoints: The ports of its programs.
  7 nodeInfo NodeSystemInfo: Its software and ids.
  8 images [ContainerImage]: The images that it has.
  9 volumesInUse [string]: The volumes that pods use there.
  10 volumesAttached [AttachedVolume]: The volumes that are attached to it.
  11 config NodeConfigStatus: Not used any more.
  12 runtimeHandlers [NodeRuntimeHandler]: The ways to run containers there.
  13 features NodeFeatures: What it can do.
  14 declaredFeatures [string]: The features of Kubernetes that it says it has.
NodeCondition: A finding about a node.
  1 type! string: Ready, MemoryPressure, DiskPressure and others.
  2 status! string: True, False or Unknown.
  3 lastHeartbeatTime Time
  4 lastTransitionTime Time
  5 reason string
  6 message string
NodeAddress: An address of a node.
  1 type! string: InternalIP, ExternalIP, Hostname, InternalDNS or ExternalDNS.
  2 address! string: The address.
NodeDaemonEndpoints: The ports of the programs on a node.
  1 kubeletEndpoint DaemonEndpoint: The port of the kubelet.
DaemonEndpoint: A port of a program on a node.
  1 Port! int32: The port.
NodeSystemInfo: The software and the ids of a node.
  1 machineID! string: The id of the machine.
  2 systemUUID! string: The id of the hardware.
  3 bootID! string: Changes with every boot.
  4 kernelVersion! string: The version of the kernel.
  5 osImage! string: The operating system by name and version.
  6 containerRuntimeVersion! string: The version of the container runtime.
  7 kubeletVersion! string: The version of the kubelet.
  8 kubeProxyVersion! string: Not used any more.
  9 operatingSystem! string: linux or windows.
  10 architecture! string: The architecture, such as amd64 or arm64.
  11 swap NodeSwapStatus: Its swap space.
NodeSwapStatus: The swap space of a node.
  1 capacity int64?: Its size in bytes.
ContainerImage: An image that a node has.
  1 names [string]: Its names.
  2 sizeBytes int64: Its size.
AttachedVolume: A volume that is attached to a node.
  1 name! string
  2 devicePath! string: Where it is attached.
NodeConfigStatus: Which settings a node uses; not used any more.
  1 assigned NodeConfigSource: The settings that it should use.
  2 active NodeConfigSource: The settings that it uses.
  3 lastKnownGood NodeConfigSource: The settings that it goes back to.
  4 error string: What is wrong with the settings.
NodeRuntimeHandler: A way to run containers on a node.
  1 name string
  2 features NodeRuntimeHandlerFeatures: What it can do.
NodeRuntimeHandlerFeatures: What a way to run containers can do.
  1 recursiveReadOnlyMounts bool?: Mounts that are read-only all the way down.
  2 userNamespaces bool?: User namespaces.
NodeFeatures: What a node can do.
  1 supplementalGroupsPolicy bool?: Whether it knows the policy for supplemental groups.
`;
