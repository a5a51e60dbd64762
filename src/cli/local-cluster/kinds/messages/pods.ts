/** Pods: which containers run together, and where. */
export const pods = `
package io.k8s.api.core.v1
Pod: Containers that run together on one node.
  1 metadata ObjectMeta
  2 spec PodSpec
  3 status PodStatus
PodSpec: The containers, their volumes, and where and how they run.
  1 volumes [Volume] by name retain: Storage that the containers can mount.
  20 initContainers [Container] by name: Containers that run before the others, one after another.
  2 containers! [Container] by name: The containers; there has to be one.
  34 ephemeralContainers [EphemeralContainer] by name: Containers that have joined later, to look into the pod.
  3 restartPolicy string =Always (Always|Never|OnFailure): When containers that end are restarted: Always, OnFailure or Never.
  4 terminationGracePeriodSeconds int64? =30: Seconds that the containers have to end by themselves; 30 when nothing is said.
  5 activeDeadlineSeconds int64?: Seconds after which the pod is ended.
  6 dnsPolicy string =ClusterFirst (ClusterFirst|ClusterFirstWithHostNet|Default|None): Where names are asked for: ClusterFirst, ClusterFirstWithHostNet, Default or None.
  7 nodeSelector {string} atomic: Labels that the node has to have.
  8 serviceAccountName string: The ServiceAccount that the pod acts as.
  9 serviceAccount string: The old name of serviceAccountName.
  21 automountServiceAccountToken bool?: Whether the account's token is mounted.
  10 nodeName string: The node that the pod runs on; set by the scheduler.
  11 hostNetwork bool: Whether it uses the network of the node.
  12 hostPID bool: Whether it sees the processes of the node.
  13 hostIPC bool: Whether it shares memory with the node.
  27 shareProcessNamespace bool?: Whether the containers see each other's processes.
  14 securityContext PodSecurityContext ={}: What the containers may do on the node.
  15 imagePullSecrets [LocalObjectReference] by name: Secrets for pulling the images.
  16 hostname string: The host name of the pod.
  17 subdomain string: Its domain below that of the namespace.
  18 affinity Affinity: Where it would like to run, or has to.
  19 schedulerName string =default-scheduler: The scheduler that finds its node.
  22 tolerations [Toleration]: Which taints of nodes it puts up with.
  23 hostAliases [HostAlias] by ip: Lines for its hosts file.
  24 priorityClassName string: The PriorityClass that says how important it is.
  25 priority int32?: How important it is; set from the class.
  26 dnsConfig PodDNSConfig: How it asks DNS.
  28 readinessGates [PodReadinessGate]: Conditions that it needs to be ready.
  29 runtimeClassName string: The RuntimeClass that runs it.
  30 enableServiceLinks bool?: Whether environment variables tell of the Services in the namespace.
  31 preemptionPolicy string (Never|PreemptLowerPriority): Whether less important pods are taken away for it: PreemptLowerPriority or Never.
  32 overhead {Quantity}: What running it costs beyond its containers.
  33 topologySpreadConstraints [TopologySpreadConstraint] by topologyKey,whenUnsatisfiable: How pods like it are spread over nodes and zones.
  35 setHostnameAsFQDN bool?: Whether its host name is the whole name.
  36 os PodOS: The operating system that it is for.
  37 hostUsers bool?: Whether it uses the users of the node.
  38 schedulingGates [PodSchedulingGate] by name: What the scheduler has to wait for.
  39 resourceClaims [PodResourceClaim] by name retain: Devices that it needs.
  40 resources ResourceRequirements: How much CPU and memory all containers together ask for, and may have.
  41 hostnameOverride string: The host name of the pod, whatever else is said.
  43 schedulingGroup PodSchedulingGroup: The group that it is scheduled with.
PodSecurityContext: What the containers of a pod may do on the node.
  1 seLinuxOptions SELinuxOptions: The SELinux label.
  8 windowsOptions WindowsSecurityContextOptions: Settings for Windows.
  2 runAsUser int64?: The number of the user that they run as.
  6 runAsGroup int64?: The number of the group that they run as.
  3 runAsNonRoot bool?: Whether they are kept from running as root.
  4 supplementalGroups [int64]: Further groups of their processes.
  12 supplementalGroupsPolicy string (Merge|Strict): Merge with the groups of the image, or Strict: only these.
  5 fsGroup int64?: The group that owns the volumes.
  7 sysctls [Sysctl]: Settings of the kernel for the pod.
  9 fsGroupChangePolicy string (Always|OnRootMismatch): Whether the owner of volumes is set Always, or only OnRootMismatch.
  10 seccompProfile SeccompProfile: Which system calls are allowed.
  11 appArmorProfile AppArmorProfile: The AppArmor profile.
  13 seLinuxChangePolicy string: How the SELinux label gets on volumes: MountOption or Recursive.
Sysctl: A setting of the kernel.
  1 name! string
  2 value! string
Affinity: Where pods would like to run, or have to.
  1 nodeAffinity NodeAffinity: By the labels of nodes.
  2 podAffinity PodAffinity: Near these pods.
  3 podAntiAffinity PodAntiAffinity: Away from these pods.
NodeAffinity: Where pods would like to run, or have to, by the labels of nodes.
  1 requiredDuringSchedulingIgnoredDuringExecution NodeSelector: Only there.
  2 preferredDuringSchedulingIgnoredDuringExecution [PreferredSchedulingTerm]: Rather there; the weights of all that hold are added up.
PreferredSchedulingTerm: A choice of nodes, with a weight.
  1 weight! int32: From 1 to 100.
  2 preference! NodeSelectorTerm: The nodes.
PodAffinity: Near which pods a pod would like to run, or has to.
  1 requiredDuringSchedulingIgnoredDuringExecution [PodAffinityTerm]: Only there.
  2 preferredDuringSchedulingIgnoredDuringExecution [WeightedPodAffinityTerm]: Rather there; the weights of all that hold are added up.
PodAffinityTerm: A choice of pods, and what counts as near.
  1 labelSelector LabelSelector: Pods with these labels.
  2 namespaces [string]: Pods in these namespaces; the pod's own when nothing is said.
  3 topologyKey! string: Nodes with the same value of this label are near each other.
  4 namespaceSelector LabelSelector: Pods in namespaces with these labels.
  5 matchLabelKeys [string]: Only pods that have the same values of these labels.
  6 mismatchLabelKeys [string]: Only pods that have other values of these labels.
WeightedPodAffinityTerm: A choice of pods, with a weight.
  1 weight! int32: From 1 to 100.
  2 podAffinityTerm! PodAffinityTerm: The pods.
PodAntiAffinity: Away from which pods a pod would like to run, or has to.
  1 requiredDuringSchedulingIgnoredDuringExecution [PodAffinityTerm]: Never near them.
  2 preferredDuringSchedulingIgnoredDuringExecution [WeightedPodAffinityTerm]: Rather not near them; the weights of all that hold are added up.
Toleration: A taint that a pod puts up with.
  1 key string: The key of the taint; all taints when empty, with Exists.
  2 operator string (Equal|Exists|Gt|Lt): Exists, Equal, Lt or Gt.
  3 value string: The value of the taint.
  4 effect string (NoExecute|NoSchedule|PreferNoSchedule): The effect of the taint; all when empty.
  5 tolerationSeconds int64?: Seconds that the pod stays on a node with a NoExecute taint; for ever when nothing is said.
HostAlias: A line for the pod's hosts file.
  1 ip! string: The address.
  2 hostnames [string]: The names for it.
PodDNSConfig: How the pod asks DNS.
  1 nameservers [string]: More servers.
  2 searches [string]: More domains to look in.
  3 options [PodDNSConfigOption]: More options of the resolver.
PodDNSConfigOption: An option of the resolver.
  1 name string
  2 value string
PodReadinessGate: A condition that a pod needs to be ready.
  1 conditionType! string: The type of the condition.
TopologySpreadConstraint: How pods are spread over places.
  1 maxSkew! int32: How many pods more one place may have than another.
  2 topologyKey! string: Nodes with the same value of this label are one place.
  3 whenUnsatisfiable! string (DoNotSchedule|ScheduleAnyway): DoNotSchedule or ScheduleAnyway.
  4 labelSelector LabelSelector: The pods that are counted.
  5 minDomains int32?: How many places there have to be.
  6 nodeAffinityPolicy string (Honor|Ignore): Whether nodes that the pod may not run on are left out: Honor or Ignore.
  7 nodeTaintsPolicy string (Honor|Ignore): Whether nodes with taints that it does not tolerate are left out: Honor or Ignore.
  8 matchLabelKeys [string]: Only pods that have the same values of these labels are counted.
PodOS: The operating system that a pod is for.
  1 name! string: linux or windows.
PodSchedulingGate: Something that the scheduler has to wait for.
  1 name! string
PodResourceClaim: Devices that the pod needs.
  1 name! string: The name by which containers refer to them.
  3 resourceClaimName string: A claim that is there.
  4 resourceClaimTemplateName string: A template of which a claim is made for the pod.
PodSchedulingGroup: The group that the pod is scheduled with.
  1 podGroupName string: The name of the group.
PodTemplate: A pod to make, kept as an object.
  1 metadata ObjectMeta
  2 template PodTemplateSpec: The pod.
PodTemplateSpec: A pod to make.
  1 metadata ObjectMeta ={}
  2 spec PodSpec ={}
`;
