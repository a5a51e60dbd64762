/** The names that stand for types as values: `type(x) == string`. */
export const typeNames: ReadonlySet<string> = new Set([
  'bool',
  'bytes',
  'double',
  'int',
  'list',
  'map',
  'null_type',
  'string',
  'type',
  'uint',
  'google.protobuf.Timestamp',
  'google.protobuf.Duration',
]);
