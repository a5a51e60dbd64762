/** Volumes of pods. */
export const volumes = `
package io.k8s.api.core.v1
Volume: Storage that the containers of a pod can mount.
  1 name! string: The name by which containers mount it.
  2 =volumeSource VolumeSource
VolumeSource: The storage itself; one of these.
  1 hostPath HostPathVolumeSource: A file or folder of the node.
  2 emptyDir EmptyDirVolumeSource: An empty folder that lives as long as the pod.
  3 gcePersistentDisk GCEPersistentDiskVolumeSource: A disk of Google Cloud.
  4 awsElasticBlockStore AWSElasticBlockStoreVolumeSource: An EBS disk of AWS.
  5 gitRepo GitRepoVolumeSource: A git repository; not used any more.
  6 secret SecretVolumeSource: Entries of a Secret, as files.
  7 nfs NFSVolumeSource: A folder of an NFS server.
  8 iscsi ISCSIVolumeSource: An iSCSI volume.
  9 glusterfs GlusterfsVolumeSource: A Gluster volume.
  10 persistentVolumeClaim PersistentVolumeClaimVolumeSource: A claim in the same namespace.
  11 rbd RBDVolumeSource: A Ceph block device.
  12 flexVolume FlexVolumeSource: A volume of a driver on the node.
  13 cinder CinderVolumeSource: A volume of OpenStack.
  14 cephfs CephFSVolumeSource: A Ceph file system.
  15 flocker FlockerVolumeSource: A volume of Flocker.
  16 downwardAPI DownwardAPIVolumeSource: Facts about the pod, as files.
  17 fc FCVolumeSource: A Fibre Channel volume.
  18 azureFile AzureFileVolumeSource: A file share of Azure.
  19 configMap ConfigMapVolumeSource: Entries of a ConfigMap, as files.
  20 vsphereVolume VsphereVirtualDiskVolumeSource: A disk of vSphere.
  21 quobyte QuobyteVolumeSource: A volume of Quobyte.
  22 azureDisk AzureDiskVolumeSource: A disk of Azure.
  23 photonPersistentDisk PhotonPersistentDiskVolumeSource: A disk of Photon.
  26 projected ProjectedVolumeSource: Files from several places in one folder.
  24 portworxVolume PortworxVolumeSource: A volume of Portworx.
  25 scaleIO ScaleIOVolumeSource: A volume of ScaleIO.
  27 storageos StorageOSVolumeSource: A volume of StorageOS.
  28 csi CSIVolumeSource: A volume of a CSI driver that lives as long as the pod.
  29 ephemeral EphemeralVolumeSource: A claim that is made for the pod and goes with it.
  30 image ImageVolumeSource: The files of an image.
HostPathVolumeSource: A file or folder of the node.
  1 path! string: The path on the node.
  2 type string (|BlockDevice|CharDevice|Directory|DirectoryOrCreate|File|FileOrCreate|Socket): What has to be there, and whether it is made when it is not.
EmptyDirVolumeSource: An empty folder that lives as long as the pod.
  1 medium string: Where it is: the node's disk when empty, or Memory.
  2 sizeLimit Quantity: How large it may become.
GCEPersistentDiskVolumeSource: A disk of Google Cloud.
  1 pdName! string: The name of the disk.
  2 fsType string
  3 partition int32
  4 readOnly bool
AWSElasticBlockStoreVolumeSource: An EBS disk of AWS.
  1 volumeID! string
  2 fsType string
  3 partition int32
  4 readOnly bool
GitRepoVolumeSource: A git repository; not used any more.
  1 repository! string: The URL of the repository.
  2 revision string: The commit.
  3 directory string: The folder that it goes to.
SecretVolumeSource: Entries of a Secret, as files.
  1 secretName string
  2 items [KeyToPath]
  3 defaultMode int32? =420
  4 optional bool?
KeyToPath: An entry that becomes a file.
  1 key! string: The name of the entry.
  2 path! string: The name of the file.
  3 mode int32?
NFSVolumeSource: A folder of an NFS server.
  1 server! string: The address of the server.
  2 path! string: The folder that the server exports.
  3 readOnly bool
ISCSIVolumeSource: An iSCSI volume.
  1 targetPortal! string
  2 iqn! string
  3 lun! int32
  4 iscsiInterface string =default
  5 fsType string
  6 readOnly bool
  7 portals [string]
  8 chapAuthDiscovery bool
  11 chapAuthSession bool
  10 secretRef LocalObjectReference
  12 initiatorName string
GlusterfsVolumeSource: A Gluster volume.
  1 endpoints! string
  2 path! string: The name of the volume.
  3 readOnly bool
PersistentVolumeClaimVolumeSource: A claim in the same namespace.
  1 claimName! string: The name of the claim.
  2 readOnly bool
RBDVolumeSource: A Ceph block device.
  1 monitors! [string]
  2 image! string
  3 fsType string
  4 pool string =rbd
  5 user string =admin
  6 keyring string =/etc/ceph/keyring
  7 secretRef LocalObjectReference
  8 readOnly bool
FlexVolumeSource: A volume of a driver on the node.
  1 driver! string
  2 fsType string
  3 secretRef LocalObjectReference
  4 readOnly bool
  5 options {string}
CinderVolumeSource: A volume of OpenStack.
  1 volumeID! string
  2 fsType string
  3 readOnly bool
  4 secretRef LocalObjectReference
CephFSVolumeSource: A Ceph file system.
  1 monitors! [string]
  2 path string
  3 user string
  4 secretFile string
  5 secretRef LocalObjectReference
  6 readOnly bool
FlockerVolumeSource: A volume of Flocker.
  1 datasetName string: The name of the dataset.
  2 datasetUUID string: The id of the dataset.
DownwardAPIVolumeSource: Facts about the pod, as files.
  1 items [DownwardAPIVolumeFile]: The files.
  2 defaultMode int32? =420
DownwardAPIVolumeFile: A fact about the pod, as a file.
  1 path! string: The name of the file.
  2 fieldRef ObjectFieldSelector: A field of the pod.
  3 resourceFieldRef ResourceFieldSelector: A resource of a container.
  4 mode int32?
FCVolumeSource: A Fibre Channel volume.
  1 targetWWNs [string]: The names of the targets.
  2 lun int32?
  3 fsType string
  4 readOnly bool
  5 wwids [string]: The ids of the volume; instead of targetWWNs and lun.
AzureFileVolumeSource: A file share of Azure.
  1 secretName! string
  2 shareName! string
  3 readOnly bool
ConfigMapVolumeSource: Entries of a ConfigMap, as files.
  1 =localObjectReference LocalObjectReference
  2 items [KeyToPath]
  3 defaultMode int32? =420
  4 optional bool?
VsphereVirtualDiskVolumeSource: A disk of vSphere.
  1 volumePath! string: The path of the disk.
  2 fsType string
  3 storagePolicyName string: The name of the storage policy.
  4 storagePolicyID string: The id of the storage policy.
QuobyteVolumeSource: A volume of Quobyte.
  1 registry! string: The addresses of the registry.
  2 volume! string: The name of the volume.
  3 readOnly bool
  4 user string
  5 group string: The group to connect as.
  6 tenant string: The tenant that owns the volume.
AzureDiskVolumeSource: A disk of Azure.
  1 diskName! string: The name of the disk.
  2 diskURI! string: The URI of the disk.
  3 cachingMode string =ReadWrite (None|ReadOnly|ReadWrite): None, ReadOnly or ReadWrite.
  4 fsType string =ext4
  5 readOnly bool?
  6 kind string =Shared (Dedicated|Managed|Shared): Shared, Dedicated or Managed.
PhotonPersistentDiskVolumeSource: A disk of Photon.
  1 pdID! string: The id of the disk.
  2 fsType string
ProjectedVolumeSource: Files from several places in one folder.
  1 sources [VolumeProjection]: The places.
  2 defaultMode int32? =420
VolumeProjection: Files from one place; one of these.
  1 secret SecretProjection: Entries of a Secret.
  2 downwardAPI DownwardAPIProjection: Facts about the pod.
  3 configMap ConfigMapProjection: Entries of a ConfigMap.
  4 serviceAccountToken ServiceAccountTokenProjection: A token of the pod's ServiceAccount.
  5 clusterTrustBundle ClusterTrustBundleProjection: Certificates of authorities.
  6 podCertificate PodCertificateProjection: A key and a certificate of the pod's own.
SecretProjection: Entries of a Secret, as files.
  1 =localObjectReference LocalObjectReference
  2 items [KeyToPath]
  4 optional bool?
DownwardAPIProjection: Facts about the pod, as files.
  1 items [DownwardAPIVolumeFile]: The files.
ConfigMapProjection: Entries of a ConfigMap, as files.
  1 =localObjectReference LocalObjectReference
  2 items [KeyToPath]
  4 optional bool?
ServiceAccountTokenProjection: A token of the pod's ServiceAccount, as a file.
  1 audience string: Whom the token is for; the API server when nothing is said.
  2 expirationSeconds int64? =3600: Seconds that the token is good for; 3600 when nothing is said.
  3 path! string: The name of the file.
ClusterTrustBundleProjection: Certificates of authorities, as a file.
  1 name string: The name of one ClusterTrustBundle.
  2 signerName string: All bundles of this signer.
  3 labelSelector LabelSelector: Only bundles with these labels.
  5 optional bool?
  4 path! string: The name of the file.
PodCertificateProjection: A key and a certificate of the pod's own, as files.
  1 signerName! string: Who signs the certificate.
  2 keyType! string: The kind of key, such as RSA3072, ECDSAP256 or ED25519.
  3 maxExpirationSeconds int32?: The longest life of the certificate.
  4 credentialBundlePath string: The file for both, key first.
  5 keyPath string: The file for the key.
  6 certificateChainPath string: The file for the certificates.
  7 userAnnotations {string}: What else the signer should know.
PortworxVolumeSource: A volume of Portworx.
  1 volumeID! string
  2 fsType string
  3 readOnly bool
ScaleIOVolumeSource: A volume of ScaleIO.
  1 gateway! string
  2 system! string
  3 secretRef! LocalObjectReference
  4 sslEnabled bool
  5 protectionDomain string
  6 storagePool string
  7 storageMode string =ThinProvisioned
  8 volumeName string
  9 fsType string =xfs
  10 readOnly bool
StorageOSVolumeSource: A volume of StorageOS.
  1 volumeName string
  2 volumeNamespace string
  3 fsType string
  4 readOnly bool
  5 secretRef LocalObjectReference
CSIVolumeSource: A volume of a CSI driver that lives as long as the pod.
  1 driver! string
  2 readOnly bool?
  3 fsType string
  4 volumeAttributes {string}
  5 nodePublishSecretRef LocalObjectReference
EphemeralVolumeSource: A claim that is made for the pod and goes with it.
  1 volumeClaimTemplate PersistentVolumeClaimTemplate: The claim to make.
ImageVolumeSource: The files of an image.
  1 reference string: The image.
  2 pullPolicy string (Always|IfNotPresent|Never): When it is pulled: Always, Never or IfNotPresent.
`;
