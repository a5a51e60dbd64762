import type { JsonObject } from '../../core/json/json.ts';

/** Why one field of an object is refused; `field` is a path such as `spec.ports[0].port`. */
export type Cause = { readonly reason: string; readonly message: string; readonly field?: string };

/** A resource as messages name it. */
export interface Named {
  readonly group: string;
  readonly resource: string;
  readonly kind: string;
}

/** A "no" of the API: thrown anywhere below the server, which answers with it as a Kubernetes Status. */
export class Refusal extends Error {
  readonly code: number;
  readonly reason: string | undefined;
  readonly details: JsonObject | undefined;

  constructor(code: number, reason: string | undefined, message: string, details?: JsonObject) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }
}

export function statusOf(refusal: Refusal): JsonObject {
  const { code, reason, details, message } = refusal;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason === undefined ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
    code,
  };
}

const qualified = (word: string, group: string) => (group === '' ? word : `${word}.${group}`);

const detailsOf = (type: Named, name: string, kind = type.resource): JsonObject => ({
  name,
  ...(type.group === '' ? {} : { group: type.group }),
  kind,
});

export const badRequest = (message: string) => new Refusal(400, 'BadRequest', message);
export const unauthorized = () => new Refusal(401, 'Unauthorized', 'Unauthorized');
export const notThisMachine = () => new Refusal(403, 'Forbidden', 'this API is called by the name localhost or 127.0.0.1 only');
export const notFound = (type: Named, name: string) =>
  new Refusal(404, 'NotFound', `${qualified(type.resource, type.group)} "${name}" not found`, detailsOf(type, name));
export const noSuchResource = () => new Refusal(404, 'NotFound', 'the server could not find the requested resource', {});
export const methodNotAllowed = () =>
  new Refusal(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
export const notAcceptable = () =>
  new Refusal(406, 'NotAcceptable', '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml', {});
export const alreadyExists = (type: Named, name: string) =>
  new Refusal(409, 'AlreadyExists', `${qualified(type.resource, type.group)} "${name}" already exists`, detailsOf(type, name));
export const expired = (message: string) => new Refusal(410, 'Expired', message);
export const tooLarge = (limit: number) => new Refusal(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${limit}`, {});
export const unsupportedMediaType = (known: readonly string[]) =>
  new Refusal(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${known.join(', ')}`,
  );

export function conflict(type: Named, name: string, because: string): Refusal {
  return new Refusal(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(type.resource, type.group)} "${name}": ${because}`,
    detailsOf(type, name),
  );
}

export const changedMeanwhile = (type: Named, name: string) =>
  conflict(type, name, 'the object has been modified; please apply your changes to the latest version and try again');

export function forbidden(type: Named, name: string, because: string, causes: readonly Cause[] = []): Refusal {
  return new Refusal(403, 'Forbidden', `${qualified(type.resource, type.group)} "${name}" is forbidden: ${because}`, {
    ...detailsOf(type, name),
    ...(causes.length === 0 ? {} : { causes: causes.map((cause) => ({ ...cause })) }),
  });
}

/** 422 with every cause; the message repeats them, as people read only that. */
export function invalid(type: Named, name: string, causes: readonly Cause[]): Refusal {
  const sentences = [...new Set(causes.map((cause) => (cause.field === undefined ? cause.message : `${cause.field}: ${cause.message}`)))];
  const all = sentences.length === 1 ? sentences[0]! : `[${sentences.join(', ')}]`;
  return new Refusal(422, 'Invalid', `${qualified(type.kind, type.group)} "${name}" is invalid: ${all}`, {
    ...(name === '' ? {} : { name }),
    ...(type.group === '' ? {} : { group: type.group }),
    kind: type.kind,
    causes: causes.map((cause) => ({ ...cause })),
  });
}

export const required = (field: string, because = ''): Cause => ({
  reason: 'FieldValueRequired',
  message: because === '' ? 'Required value' : `Required value: ${because}`,
  field,
});

export const wrong = (field: string, value: unknown, because: string): Cause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${JSON.stringify(value)}: ${because}`,
  field,
});

export const unsupported = (field: string, value: unknown, known: readonly string[]): Cause => ({
  reason: 'FieldValueNotSupported',
  message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${known.map((word) => JSON.stringify(word)).join(', ')}`,
  field,
});
