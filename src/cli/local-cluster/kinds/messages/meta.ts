/** Metadata: what every object has, and what many refer to. */
export const meta = `
package io.k8s.apimachinery.pkg.apis.meta.v1
ObjectMeta: The name of an object, its labels and annotations, and what the server keeps of it.
  1 name string: The name, unique among objects of the kind in the namespace; it cannot be changed.
  2 generateName string: The beginning of the name, when the server is to make one.
  3 namespace string: The namespace that the object is in; it cannot be changed.
  4 selfLink string: Not used any more.
  5 uid string: Unique among all objects that ever were; made by the server.
  6 resourceVersion string: Changes with every write; made by the server.
  7 generation int64: Counts the changes of what is wanted; made by the server.
  8 creationTimestamp Time: When the object was made.
  9 deletionTimestamp Time: When the object is to go; set by a deletion that has to wait for finalizers.
  10 deletionGracePeriodSeconds int64?: Seconds that the object has for an orderly end.
  11 labels {string}: Short words to choose objects by.
  12 annotations {string}: Notes of people and programs.
  13 ownerReferences [OwnerReference] by uid: The objects that this one belongs to; it goes when all of them are gone.
  14 finalizers [string] set: Those who have to agree before the object goes.
  17 managedFields [ManagedFieldsEntry]: Who has written which fields.
OwnerReference atomic: An object that another one belongs to.
  5 apiVersion! string
  1 kind! string
  3 name! string
  4 uid! string
  6 controller bool?: Whether the owner is the one that works this object.
  7 blockOwnerDeletion bool?: Whether a foreground deletion of the owner waits for this object.
ManagedFieldsEntry: Fields that one client has written.
  1 manager string: Who wrote them.
  2 operation string: Apply or Update.
  3 apiVersion string: The version that the fields are in.
  4 time Time: When they were last written.
  6 fieldsType string: The form of the list of fields.
  7 fieldsV1 FieldsV1: The fields.
  8 subresource string: The endpoint that they were written through.
ListMeta: What the server says of a list.
  1 selfLink string: Not used any more.
  2 resourceVersion string: The revision that the list shows; a watch can go on from there.
  3 continue string: Where the next page begins; empty on the last one.
  4 remainingItemCount int64?: How many more objects there are behind this page.
LabelSelector atomic: Chooses objects by their labels; an empty one chooses all.
  1 matchLabels {string}: Labels that have to be there with these values.
  2 matchExpressions [LabelSelectorRequirement]
LabelSelectorRequirement: A requirement on a label.
  1 key! string: The key of the label.
  2 operator! string: In, NotIn, Exists or DoesNotExist.
  3 values [string]: The values for In and NotIn.
Condition: A finding about an object.
  1 type! string: What the condition says, in a word.
  2 status! string: True, False or Unknown.
  3 observedGeneration int64
  4 lastTransitionTime! Time
  5 reason! string
  6 message! string
FieldSelectorRequirement: A requirement on a field.
  1 key! string
  2 operator! string
  3 values [string]
package io.k8s.api.core.v1
ObjectReference atomic: Names an object.
  1 kind string: The kind of the object.
  2 namespace string: The namespace of the object.
  3 name string: The name of the object.
  4 uid string
  5 apiVersion string: The version of the kind of the object.
  6 resourceVersion string
  7 fieldPath string: A part of the object, such as spec.containers{name}.
LocalObjectReference atomic: An object in the same namespace.
  1 name string: The name of the object.
TypedLocalObjectReference atomic: An object of any kind in the same namespace.
  1 apiGroup string
  2 kind! string: The kind of the object.
  3 name! string: The name of the object.
TypedObjectReference: An object of any kind.
  1 apiGroup string
  2 kind! string: The kind of the object.
  3 name! string: The name of the object.
  4 namespace string
SecretReference atomic: Names a Secret.
  1 name string: The name of the Secret.
  2 namespace string
ResourceRequirements: How much CPU and memory is asked for, and allowed.
  1 limits {Quantity}: The most that may be used, by resource.
  2 requests {Quantity}: What is set aside, by resource.
  3 claims [ResourceClaim] by name unpatched: The claims of the pod that are used.
ResourceClaim: A claim of the pod that a container uses.
  1 name! string: The name of the claim in the pod.
  2 request string: One request of the claim; all of them when nothing is said.
`;
