import { EngineError } from '../../core/errors/engine-error.ts';
import { isObject, type Json, type JsonObject } from '../../core/json/json.ts';
import { parseJson } from '../../core/json/parse.ts';
import type { KubeObject } from '../../core/kube/kube.ts';
import { parseDocuments } from '../../core/yaml/documents.ts';
import { apiVersionOf, type Served } from './kinds/resource.ts';
import { decodeProtobuf, NotUnderstood } from './protobuf/decode.ts';
import type { ApiRequest } from './request.ts';
import { badRequest, Refusal, unsupportedMediaType } from './status.ts';

/** The media type of a body, without its parameters. */
export function mediaTypeOf(request: ApiRequest): string {
  return request.contentType.split(';')[0]!.trim().toLowerCase();
}

export function readJson(text: string): Json {
  try {
    return parseJson(text);
  } catch (thrown) {
    throw badRequest(`the body of the request is not JSON: ${thrown instanceof EngineError ? thrown.message : String(thrown)}`);
  }
}

/** JSON or YAML; JSON first, because that is what clients send under either name. */
export function readYaml(text: string): Json {
  if (/^\s*[[{]/.test(text)) return readJson(text);
  const [document] = parseDocuments(text);
  if (!document) return null;
  const [problem] = document.problems;
  if (problem || document.value === undefined) throw badRequest(`error decoding YAML: ${problem?.message ?? 'no value'}`);
  return document.value;
}

const protobuf = 'application/vnd.kubernetes.protobuf';
const accepted = ['application/json', 'application/yaml', protobuf];

/** The object in the body of a create or an update: of the kind that the path names, with its metadata a map. */
export function readObject(request: ApiRequest, served: Served): KubeObject {
  const type = mediaTypeOf(request);
  if (type !== '' && !accepted.includes(type)) throw unsupportedMediaType(accepted);
  if (type === protobuf) return asObject(readProtobuf(request.body, served), served);
  const text = request.body.toString();
  return asObject(type === 'application/yaml' ? readYaml(text) : readJson(text), served);
}

function readProtobuf(body: Buffer, { resource }: Served): Json {
  if (resource.virtual) return {}; // whatever is asked, the answer is the same
  try {
    return decodeProtobuf(body, resource.kind);
  } catch (thrown) {
    if (!(thrown instanceof NotUnderstood)) throw thrown;
    throw new Refusal(415, 'UnsupportedMediaType', `this protobuf is not understood here (${thrown.message}): send JSON or YAML`);
  }
}

export function asObject(value: Json, served: Served): KubeObject {
  const { kind } = served.resource;
  const apiVersion = apiVersionOf(served);
  if (!isObject(value)) throw badRequest(`the object provided is unrecognized (must be of type ${kind})`);
  const said = (field: 'kind' | 'apiVersion', wanted: string) => {
    const found = value[field];
    if (found === undefined && served.resource.custom) {
      const missing = field === 'kind' ? 'Kind' : 'apiVersion';
      throw badRequest(`the object provided is unrecognized (must be of type ${kind}): Object '${missing}' is missing`);
    }
    if (found !== undefined && found !== wanted) {
      throw badRequest(
        `${value.kind} in version "${value.apiVersion}" cannot be handled as a ${kind}: the path names ${apiVersion} ${kind}`,
      );
    }
  };
  said('kind', kind);
  said('apiVersion', apiVersion);
  const { apiVersion: _, kind: __, metadata, ...rest } = value;
  if (metadata !== undefined && metadata !== null && !isObject(metadata)) throw badRequest('metadata of an object is a map');
  return { apiVersion, kind, metadata: tidy((metadata ?? {}) as JsonObject), ...rest } as KubeObject;
}

const dropped = new Set(['labels', 'annotations', 'finalizers', 'ownerReferences', 'managedFields']);

/** Metadata without nulls and without empty maps and lists, which all stand for "not set". */
function tidy(metadata: JsonObject): KubeObject['metadata'] {
  const said = Object.entries(metadata).filter(([field, value]) => value !== null && !(dropped.has(field) && isEmpty(value)));
  return Object.fromEntries(said) as KubeObject['metadata'];
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
