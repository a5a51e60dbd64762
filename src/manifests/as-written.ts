import { isObject, type JsonObject } from '../core/json/json.ts';

/**
 * An object in the version in which its `spec` was written; of several, the oldest in which a part of it still stands as it was written.
 *
 * An API server that serves several versions of a kind shows every object in the one that it is asked for and changes nothing else in it, so
 * that a word which an older form may leave out would seem to be missing; but it notes in `managedFields` in which version each field was
 * written. A patch of an old object, for which kubectl takes today's version, does not make the rest of it new.
 *
 * `versions`: "GROUP/VERSION", today's first.
 */
export function asWritten(object: JsonObject, versions: readonly string[]): JsonObject {
  const { metadata } = object;
  const fields = isObject(metadata) ? metadata['managedFields'] : undefined;
  const written = (Array.isArray(fields) ? fields : [])
    .filter(isObject)
    .filter(({ fieldsV1, subresource }) => subresource === undefined && isObject(fieldsV1) && 'f:spec' in fieldsV1)
    .map(({ apiVersion }) => String(apiVersion))
    .filter((apiVersion) => groupOf(apiVersion) === groupOf(String(object['apiVersion'])));
  const oldest = versions.findLast((version) => written.includes(version));
  return oldest === undefined ? object : { ...object, apiVersion: oldest };
}

const groupOf = (apiVersion: string): string => apiVersion.split('/')[0]!;
