import { isObject, type Json, type JsonObject } from '../../core/json/json.ts';

/** A value as it may be shown to a person: the values of Secrets hidden, `managedFields` and the copy that kubectl keeps folded. */
export function forEyes(value: Json): Json {
  if (Array.isArray(value)) return value.map(forEyes);
  if (!isObject(value)) return value;
  const shown: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'managedFields' && Array.isArray(inner)) shown[key] = `<${inner.length} folded>`;
    else if (key === 'kubectl.kubernetes.io/last-applied-configuration') shown[key] = '<folded>';
    else if (value['kind'] === 'Secret' && (key === 'data' || key === 'stringData')) shown[key] = hidden(inner);
    else shown[key] = forEyes(inner);
  }
  return shown;
}

function hidden(values: Json): Json {
  return isObject(values) ? Object.fromEntries(Object.keys(values).map((key) => [key, '<hidden>'])) : '<hidden>';
}
