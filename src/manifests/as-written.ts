import { isObject, type JsonObject } from '../core/json/json.ts';

/**
 * An object in the version in which its `spec` was written last. An API server that serves several versions of a kind shows every object
 * in the one that it is asked for and changes nothing else in it, so that a word which an older form may leave out would seem to be missing;
 * but it notes in `managedFields` in which version each field was written.
 */
export function asWritten(object: JsonObject): JsonObject {
  const { metadata } = object;
  const fields = isObject(metadata) ? metadata['managedFields'] : undefined;
  const written = (Array.isArray(fields) ? fields : [])
    .filter(isObject)
    .filter(({ fieldsV1, subresource }) => subresource === undefined && isObject(fieldsV1) && 'f:spec' in fieldsV1)
    .toSorted((a, b) => String(a['time'] ?? '').localeCompare(String(b['time'] ?? '')))
    .at(-1)?.['apiVersion'];
  return typeof written === 'string' && groupOf(written) === groupOf(String(object['apiVersion']))
    ? { ...object, apiVersion: written }
    : object;
}

const groupOf = (apiVersion: string): string => apiVersion.split('/')[0]!;
