import { notAcceptable } from './status.ts';

/** How an answer is to be shown: as it is, as rows for people, or as bare metadata. */
type Form = 'object' | 'Table' | 'PartialObjectMetadata';

/** Reads an Accept header; its order is the order of preference. Throws a 406 when it names nothing that we can write. */
export function formOf(accept: string): Form {
  for (const part of accept === '' ? ['*/*'] : accept.split(',')) {
    const [type, ...words] = part.split(';').map((word) => word.trim());
    const parameters = new Map(words.map((word) => word.split('=', 2) as [string, string]));
    if (!['application/json', 'application/*', '*/*'].includes(type!)) continue;
    const as = parameters.get('as');
    if (as === undefined) return 'object';
    if (parameters.get('g') !== 'meta.k8s.io' || parameters.get('v') !== 'v1') continue;
    if (as === 'Table') return 'Table';
    if (as.startsWith('PartialObjectMetadata')) return 'PartialObjectMetadata';
  }
  throw notAcceptable();
}
