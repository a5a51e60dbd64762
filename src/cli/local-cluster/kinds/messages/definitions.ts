/** Definitions of custom kinds. */
export const definitions = `
package io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1
CustomResourceDefinition: A kind of your own: its names, its versions and their schemas.
  1 metadata ObjectMeta
  2 spec! CustomResourceDefinitionSpec
  3 status CustomResourceDefinitionStatus
CustomResourceDefinitionSpec: The kind: its group, its names, its versions.
  1 group! string: The API group.
  3 names! CustomResourceDefinitionNames: What the kind is called.
  4 scope! string: Namespaced or Cluster.
  7 versions! [CustomResourceDefinitionVersion]: The versions that the kind has.
  9 conversion CustomResourceConversion ={}: How objects get from one version to another.
  10 preserveUnknownFields bool: Has to be false: a schema says what is kept.
CustomResourceDefinitionNames: What the kind is called.
  1 plural! string: The name in paths, such as sensors.
  2 singular string: The name in the singular, such as sensor.
  3 shortNames [string]: Short names for kubectl.
  4 kind! string: The name in objects, such as Sensor.
  5 listKind string: The kind of a list of them; the kind with List behind it when nothing is said.
  6 categories [string]: Groups of kinds that it is shown with, such as all.
CustomResourceDefinitionVersion: One version of the kind.
  1 name! string: The name of the version, such as v1 or v1alpha1.
  2 served! bool: Whether the API serves it.
  3 storage! bool: Whether objects are stored in it; true for exactly one version.
  7 deprecated bool: Whether clients are warned when they use it.
  8 deprecationWarning string: What they are told.
  4 schema CustomResourceValidation: The schema of the objects.
  5 subresources CustomResourceSubresources: The status and the scale of the objects, as endpoints of their own.
  6 additionalPrinterColumns [CustomResourceColumnDefinition]: The columns of kubectl get.
  9 selectableFields [SelectableField]: Fields that a field selector may name.
CustomResourceValidation: The schema of the objects.
  1 openAPIV3Schema JSONSchemaProps: The schema, in OpenAPI's words.
JSONSchemaProps: A schema in the words of OpenAPI, as far as it may be used for custom kinds.
  1 id string: The name of the schema.
  2 $schema string: The language of the schema.
  3 $ref string: Not allowed here: a schema stands whole where it is used.
  4 description string: What the value is for; kubectl explain shows it.
  5 type string: object, array, string, integer, number or boolean.
  6 format string: What kind of text or number, such as date-time or int32.
  7 title string: A short name.
  8 default JSON: The value when nothing is said.
  9 maximum double?: The largest number.
  10 exclusiveMaximum bool: Whether the maximum itself is too large.
  11 minimum double?: The smallest number.
  12 exclusiveMinimum bool: Whether the minimum itself is too small.
  13 maxLength int64?: The most characters.
  14 minLength int64?: The fewest characters.
  15 pattern string: A regular expression that a text has to match.
  16 maxItems int64?: The most items.
  17 minItems int64?: The fewest items.
  18 uniqueItems bool: Not allowed to be true here.
  19 multipleOf double?: The number has to be a multiple of it.
  20 enum [JSON]: The values that are allowed.
  21 maxProperties int64?: The most fields.
  22 minProperties int64?: The fewest fields.
  23 required [string]: The fields that have to be there.
  24 items JSONSchemaPropsOrArray: The schema of the items of a list.
  25 allOf [JSONSchemaProps]: All of these have to hold.
  26 oneOf [JSONSchemaProps]: Exactly one of these has to hold.
  27 anyOf [JSONSchemaProps]: At least one of these has to hold.
  28 not JSONSchemaProps: This may not hold.
  29 properties {JSONSchemaProps}: The schemas of the fields.
  30 additionalProperties JSONSchemaPropsOrBool: The schema of the values of a map with free keys.
  31 patternProperties {JSONSchemaProps}: Not allowed here.
  32 dependencies {JSONSchemaPropsOrStringArray}: Not allowed here.
  33 additionalItems JSONSchemaPropsOrBool: Not allowed here.
  34 definitions {JSONSchemaProps}: Not allowed here.
  35 externalDocs ExternalDocumentation: A page to read.
  36 example JSON: A value that would be right.
  37 nullable bool: Whether null is allowed.
  38 x-kubernetes-preserve-unknown-fields bool?: Whether fields that the schema does not name are kept.
  39 x-kubernetes-embedded-resource bool: Whether the value is a whole Kubernetes object.
  40 x-kubernetes-int-or-string bool: Whether both a number and a text are allowed.
  41 x-kubernetes-list-map-keys [string]: The fields that tell the items of a list of type map apart.
  42 x-kubernetes-list-type string: Whether a list is replaced whole (atomic), is a set, or a map of items with keys.
  43 x-kubernetes-map-type string: Whether a map is replaced whole (atomic) or field by field (granular).
  44 x-kubernetes-validations [ValidationRule] by rule: Rules in CEL that have to hold.
ExternalDocumentation: A page to read.
  1 description string: What stands there.
  2 url string: Where it is.
ValidationRule: A rule in CEL.
  1 rule! string: The expression; self is the value, oldSelf the value before.
  2 message string: What is said when the rule does not hold.
  3 messageExpression string: The same, as an expression that gives the message.
  4 reason string (FieldValueDuplicate|FieldValueForbidden|FieldValueInvalid|FieldValueRequired): The reason of the error, such as FieldValueInvalid.
  5 fieldPath string: The field that the error is about.
  6 optionalOldSelf bool?: Whether the rule runs without an old value too.
CustomResourceSubresources: The status and the scale of the objects, as endpoints of their own.
  1 status CustomResourceSubresourceStatus: Makes /status an endpoint of its own; writes of the object leave the status alone then.
  2 scale CustomResourceSubresourceScale: Makes /scale an endpoint, for kubectl scale and autoscalers.
CustomResourceSubresourceStatus: There is nothing to set.
CustomResourceSubresourceScale: Where an object keeps its number of replicas.
  1 specReplicasPath! string: The wanted number, such as .spec.replicas.
  2 statusReplicasPath! string: The number that is there, such as .status.replicas.
  3 labelSelectorPath string: The labels of the pods, as in a query, such as .status.selector.
CustomResourceColumnDefinition: A column of kubectl get.
  1 name! string: The title of the column.
  2 type! string: The type of its values: string, integer, number, boolean or date.
  3 format string: The format of its values, in OpenAPI's words.
  4 description string: What the column shows.
  5 priority int32: 0 for a column that is always shown; higher ones come with -o wide.
  6 jsonPath! string: Where the value stands in the object.
SelectableField: A field that a field selector may name.
  1 jsonPath! string: Where it stands in the object, such as .spec.color.
CustomResourceConversion: How objects get from one version to another.
  1 strategy! string =None: None, only the apiVersion changes, or Webhook.
  2 webhook WebhookConversion: The webhook that converts.
WebhookConversion: A webhook that converts objects.
  2 clientConfig WebhookClientConfig: Where it is called.
  3 conversionReviewVersions! [string]: The versions of the question that it understands.
WebhookClientConfig: Where a webhook is called.
  3 url string: Its URL.
  1 service ServiceReference: Its Service; not together with url.
  2 caBundle bytes: The authority that its certificate comes from, as PEM.
ServiceReference: A Service that a webhook is called at.
  1 namespace! string
  2 name! string
  3 path string
  4 port int32?
CustomResourceDefinitionStatus: Whether the kind is served.
  1 conditions [CustomResourceDefinitionCondition] by type unpatched
  2 acceptedNames CustomResourceDefinitionNames: The names that are in use.
  3 storedVersions [string]: The versions that objects have been stored in.
  4 observedGeneration int64
CustomResourceDefinitionCondition: A finding about a definition.
  1 type! string: NamesAccepted, Established and others.
  2 status! string: True, False or Unknown.
  3 lastTransitionTime Time
  4 reason string
  5 message string
  6 observedGeneration int64
`;
