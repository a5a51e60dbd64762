/** Messages that stand for one value in JSON: their fields are those of protobuf only. */
export const values = `
package io.k8s.apimachinery.pkg.api.resource
Quantity: An amount, such as 2, 100m or 1Gi.
  1 string string
package io.k8s.apimachinery.pkg.util.intstr
IntOrString: A whole number or a text.
  1 type int32
  2 intVal int32?
  3 strVal string
package io.k8s.apimachinery.pkg.apis.meta.v1
Time: A moment, such as 2026-01-31T12:00:00Z.
  1 seconds int64
  2 nanos int32
MicroTime: A moment, such as 2026-01-31T12:00:00.000000Z.
  1 seconds int64
  2 nanos int32
FieldsV1: A tree of field names.
  1 Raw bytes
package io.k8s.apimachinery.pkg.runtime
RawExtension: Any object.
  1 raw bytes
package io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1
JSON: Any value.
  1 raw bytes
JSONSchemaPropsOrBool: A schema, or whether any value is allowed.
  1 allows bool
  2 schema JSONSchemaProps
JSONSchemaPropsOrArray: A schema, or a list of schemas.
  1 schema JSONSchemaProps
  2 jSONSchemas [JSONSchemaProps]
JSONSchemaPropsOrStringArray: A schema, or a list of field names.
  1 schema JSONSchemaProps
  2 property [string]
`;
