/** What a field is for whose message says nothing of it: these mean the same everywhere. */
export const usual = `
apiVersion: The version of the kind, as GROUP/VERSION.
kind: What this object is.
metadata: The name of the object, its labels and annotations, and what the server keeps of it.
spec: What is wanted.
status: What was last seen; written by controllers, not by users.
name: Its name.
observedGeneration: The metadata.generation that this status is about.
lastTransitionTime: When the condition last changed from one status to another.
lastUpdateTime: When the condition was last written.
lastProbeTime: When the condition was last looked at.
lastHeartbeatTime: When the condition was last confirmed.
reason: One CamelCase word for why.
message: The same in a sentence for people.
conditions: Findings about the object, one of each type.
collisionCount: How often a name made from a hash was taken already.
selector: Which objects it is about, by their labels.
matchExpressions: Requirements on labels that all have to hold.
key: The key that the requirement is about.
operator: How the key and the values have to relate.
values: The values that the operator compares with.
fsType: The file system of the volume, such as ext4 or xfs.
readOnly: Mount it for reading only.
secretRef: The Secret that holds the credentials.
namespace: Its namespace.
apiGroup: The API group of the object that is named; empty for the core group.
uid: The unique id of the object.
resourceVersion: The version of the object that is meant.
optional: Whether it may be missing.
items: Which keys become which files; all of them, each under its own name, when nothing is said.
defaultMode: The permissions of the files that are made, 0644 when nothing is said.
mode: The permissions of the file.
path: The path.
port: The port.
protocol: TCP, UDP or SCTP.
user: The user to connect as.
volumeName: The name of the volume.
volumeID: The id of the volume.
partition: The partition to mount; the whole disk when nothing is said.
driver: The name of the driver.
monitors: The addresses of the monitors of the cluster.
image: The image.
pool: The pool that holds the image.
keyring: The file with the key of the user.
secretFile: The file with the key of the user.
endpoints: The Endpoints object that lists the hosts.
gateway: The address of the gateway.
system: The name of the storage system.
sslEnabled: Talk to the gateway over TLS.
protectionDomain: The protection domain of the volume.
storagePool: The storage pool of the volume.
storageMode: Whether the storage is thick or thin.
volumeNamespace: The scope of the volume within the storage system.
targetPortal: The target's address and port.
portals: More addresses of the same target.
iqn: The target's qualified name.
initiatorName: The name by which this side introduces itself.
lun: The number of the logical unit.
iscsiInterface: The interface to use; default is TCP.
chapAuthDiscovery: Use CHAP for discovery.
chapAuthSession: Use CHAP for the session.
secretName: The name of the Secret.
shareName: The name of the share.
options: More options for the driver.
volumeAttributes: What the driver has to know of the volume.
nodePublishSecretRef: The Secret for mounting the volume into a pod.
replicas: How many pods there are.
readyReplicas: How many pods are ready.
availableReplicas: How many pods have been ready for long enough.
fullyLabeledReplicas: How many pods carry all labels of the template.
terminatingReplicas: How many pods are on their way out.
updatedReplicas: How many pods are made from the newest template.
template: The pods to make.
minReadySeconds: Seconds that a new pod has to stay ready before it counts as available.
revisionHistoryLimit: How many old revisions are kept for going back.
updateStrategy: How pods are replaced when the template changes.
maxUnavailable: How many pods may be missing during an update, as a number or a percentage.
maxSurge: How many pods may be there beyond the wanted number during an update, as a number or a percentage.
rollingUpdate: The numbers for type RollingUpdate.
verbs: What may be done: get, list, watch, create, update, patch, delete, or *.
apiGroups: The API groups of the resources; "" is the core group, * all.
resources: The resources, in the plural, such as pods or pods/log; * is all.
resourceNames: Only objects with these names; all when empty.
nonResourceURLs: Paths of the server that are no resources, such as /healthz.
metric: Which metric.
current: The value that was seen.
target: The value to aim at.
container: The container in the pods.
value: The value.
averageValue: The value, averaged over the pods.
averageUtilization: The use in percent of what the pods request, averaged over the pods.
evaluationError: What went wrong while it was decided.
`;
