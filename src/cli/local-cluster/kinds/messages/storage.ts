/** Storage that outlives pods. */
export const storage = `
package io.k8s.api.core.v1
PersistentVolumeClaim: Asks for storage, and gets a PersistentVolume.
  0 apiVersion string
  0 kind string
  1 metadata ObjectMeta
  2 spec PersistentVolumeClaimSpec
  3 status PersistentVolumeClaimStatus ={}
PersistentVolumeClaimSpec: What storage is asked for.
  1 accessModes [string] (ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod): How the volume is to be mounted: ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod.
  4 selector LabelSelector: Only volumes with these labels.
  2 resources VolumeResourceRequirements: How large the volume has to be.
  3 volumeName string: The volume that belongs to the claim.
  5 storageClassName string: The StorageClass that makes the volume.
  6 volumeMode string =Filesystem (Block|Filesystem): Filesystem or Block.
  7 dataSource TypedLocalObjectReference: What the volume is filled from: a snapshot or another claim.
  8 dataSourceRef TypedObjectReference: The same, for any kind of object.
  9 volumeAttributesClassName string: The class with further attributes of the volume.
VolumeResourceRequirements: How large a volume has to be.
  1 limits {Quantity}: The most, by resource.
  2 requests {Quantity}: The least, by resource.
PersistentVolumeClaimStatus: What storage the claim has got.
  1 phase string =Pending (Bound|Lost|Pending): Pending, Bound or Lost.
  2 accessModes [string] (ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod): How the volume can be mounted.
  3 capacity {Quantity}: How large the volume is.
  4 conditions [PersistentVolumeClaimCondition] by type
  5 allocatedResources {Quantity}: How large it will be when it has grown.
  7 allocatedResourceStatuses {string} granular (ControllerResizeInProgress|ControllerResizeInfeasible|NodeResizeInProgress|NodeResizeInfeasible|NodeResizePending): How far the growing has come.
  8 currentVolumeAttributesClassName string: The class that the volume has now.
  9 modifyVolumeStatus ModifyVolumeStatus: How far a change of its attributes has come.
PersistentVolumeClaimCondition: A finding about a claim.
  1 type! string: What the condition says, in a word.
  2 status! string: True, False or Unknown.
  3 lastProbeTime Time
  4 lastTransitionTime Time
  5 reason string
  6 message string
ModifyVolumeStatus: How far a change of a volume's attributes has come.
  1 targetVolumeAttributesClassName string: The class that the volume is to get.
  2 status! string (InProgress|Infeasible|Pending): Pending, InProgress or Infeasible.
PersistentVolumeClaimTemplate: A claim to make.
  1 metadata ObjectMeta
  2 spec! PersistentVolumeClaimSpec
PersistentVolume: A piece of storage in the cluster.
  1 metadata ObjectMeta
  2 spec PersistentVolumeSpec
  3 status PersistentVolumeStatus ={}
PersistentVolumeSpec: The storage, and who may use it how.
  1 capacity {Quantity}: How large it is.
  2 =persistentVolumeSource PersistentVolumeSource
  3 accessModes [string] (ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod): How it can be mounted.
  4 claimRef ObjectReference granular: The claim that has it.
  5 persistentVolumeReclaimPolicy string =Retain (Delete|Recycle|Retain): What becomes of it when its claim goes: Retain, Delete or Recycle.
  6 storageClassName string: The StorageClass that it belongs to.
  7 mountOptions [string]: Options for mounting it.
  8 volumeMode string =Filesystem (Block|Filesystem): Filesystem or Block.
  9 nodeAffinity VolumeNodeAffinity: The nodes that can reach it.
  10 volumeAttributesClassName string: The class with further attributes of the volume.
PersistentVolumeSource: The storage itself; one of these.
  1 gcePersistentDisk GCEPersistentDiskVolumeSource: A disk of Google Cloud.
  2 awsElasticBlockStore AWSElasticBlockStoreVolumeSource: An EBS disk of AWS.
  3 hostPath HostPathVolumeSource: A folder of the node; for tests on one machine.
  4 glusterfs GlusterfsPersistentVolumeSource: A Gluster volume.
  5 nfs NFSVolumeSource: A folder of an NFS server.
  6 rbd RBDPersistentVolumeSource: A Ceph block device.
  7 iscsi ISCSIPersistentVolumeSource: An iSCSI volume.
  8 cinder CinderPersistentVolumeSource: A volume of OpenStack.
  9 cephfs CephFSPersistentVolumeSource: A Ceph file system.
  10 fc FCVolumeSource: A Fibre Channel volume.
  11 flocker FlockerVolumeSource: A volume of Flocker.
  12 flexVolume FlexPersistentVolumeSource: A volume of a driver on the node.
  13 azureFile AzureFilePersistentVolumeSource: A file share of Azure.
  14 vsphereVolume VsphereVirtualDiskVolumeSource: A disk of vSphere.
  15 quobyte QuobyteVolumeSource: A volume of Quobyte.
  16 azureDisk AzureDiskVolumeSource: A disk of Azure.
  17 photonPersistentDisk PhotonPersistentDiskVolumeSource: A disk of Photon.
  18 portworxVolume PortworxVolumeSource: A volume of Portworx.
  19 scaleIO ScaleIOPersistentVolumeSource: A volume of ScaleIO.
  20 local LocalVolumeSource: A disk of a node.
  21 storageos StorageOSPersistentVolumeSource: A volume of StorageOS.
  22 csi CSIPersistentVolumeSource: A volume of a CSI driver.
GlusterfsPersistentVolumeSource: A Gluster volume.
  1 endpoints! string
  2 path! string: The name of the volume.
  3 readOnly bool
  4 endpointsNamespace string: The namespace of the Endpoints.
RBDPersistentVolumeSource: A Ceph block device.
  1 monitors! [string]
  2 image! string
  3 fsType string
  4 pool string =rbd
  5 user string =admin
  6 keyring string =/etc/ceph/keyring
  7 secretRef SecretReference
  8 readOnly bool
ISCSIPersistentVolumeSource: An iSCSI volume.
  1 targetPortal! string
  2 iqn! string
  3 lun! int32
  4 iscsiInterface string =default
  5 fsType string
  6 readOnly bool
  7 portals [string]
  8 chapAuthDiscovery bool
  11 chapAuthSession bool
  10 secretRef SecretReference
  12 initiatorName string
CinderPersistentVolumeSource: A volume of OpenStack.
  1 volumeID! string
  2 fsType string
  3 readOnly bool
  4 secretRef SecretReference
CephFSPersistentVolumeSource: A Ceph file system.
  1 monitors! [string]
  2 path string
  3 user string
  4 secretFile string
  5 secretRef SecretReference
  6 readOnly bool
FlexPersistentVolumeSource: A volume of a driver on the node.
  1 driver! string
  2 fsType string
  3 secretRef SecretReference
  4 readOnly bool
  5 options {string}
AzureFilePersistentVolumeSource: A file share of Azure.
  1 secretName! string
  2 shareName! string
  3 readOnly bool
  4 secretNamespace string: The namespace of the Secret.
ScaleIOPersistentVolumeSource: A volume of ScaleIO.
  1 gateway! string
  2 system! string
  3 secretRef! SecretReference
  4 sslEnabled bool
  5 protectionDomain string
  6 storagePool string
  7 storageMode string =ThinProvisioned
  8 volumeName string
  9 fsType string =xfs
  10 readOnly bool
LocalVolumeSource: A disk of a node.
  1 path! string: The path of the disk or folder on the node.
  2 fsType string
StorageOSPersistentVolumeSource: A volume of StorageOS.
  1 volumeName string
  2 volumeNamespace string
  3 fsType string
  4 readOnly bool
  5 secretRef ObjectReference
CSIPersistentVolumeSource: A volume of a CSI driver.
  1 driver! string
  2 volumeHandle! string: The name of the volume at the driver.
  3 readOnly bool
  4 fsType string
  5 volumeAttributes {string}
  6 controllerPublishSecretRef SecretReference: The Secret for attaching the volume to a node.
  7 nodeStageSecretRef SecretReference: The Secret for preparing the volume on a node.
  8 nodePublishSecretRef SecretReference
  9 controllerExpandSecretRef SecretReference: The Secret for making the volume larger.
  10 nodeExpandSecretRef SecretReference: The Secret for making the file system larger.
VolumeNodeAffinity: The nodes that can reach a volume.
  1 required NodeSelector: These nodes.
NodeSelector atomic: A choice of nodes; one term that fits is enough.
  1 nodeSelectorTerms! [NodeSelectorTerm]: The terms.
NodeSelectorTerm atomic: Requirements that all have to hold.
  1 matchExpressions [NodeSelectorRequirement]: Requirements on the labels of the node.
  2 matchFields [NodeSelectorRequirement]: Requirements on the fields of the node.
NodeSelectorRequirement: A requirement on a node.
  1 key! string
  2 operator! string (DoesNotExist|Exists|Gt|In|Lt|NotIn): In, NotIn, Exists, DoesNotExist, Gt or Lt.
  3 values [string]
PersistentVolumeStatus: Whether the storage is in use.
  1 phase string =Pending (Available|Bound|Failed|Pending|Released): Pending, Available, Bound, Released or Failed.
  2 message string
  3 reason string
  4 lastPhaseTransitionTime Time: Since when.
TopologySelectorTerm atomic: A choice of places.
  1 matchLabelExpressions [TopologySelectorLabelRequirement]: Requirements that all have to hold.
TopologySelectorLabelRequirement: A requirement on a label of a place.
  1 key! string: The key of the label.
  2 values! [string]: One of these.
package io.k8s.api.storage.v1
StorageClass: How volumes for claims that name this class are made.
  1 metadata ObjectMeta
  2 provisioner! string: Who makes the volumes.
  3 parameters {string}: Settings for the provisioner.
  4 reclaimPolicy string =Delete (Delete|Recycle|Retain): What becomes of a volume when its claim goes: Delete or Retain.
  5 mountOptions [string]: Options for mounting the volumes.
  6 allowVolumeExpansion bool?: Whether claims may grow.
  7 volumeBindingMode string =Immediate (Immediate|WaitForFirstConsumer): Immediate, or WaitForFirstConsumer: the volume is made where the pod runs.
  8 allowedTopologies [TopologySelectorTerm]: Where volumes may be made.
`;
