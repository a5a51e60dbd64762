import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';

const sizeOf = ({ request }: Case): number => Buffer.byteLength(request.body ?? '');
const isForm = ({ request }: Case): boolean =>
  Object.entries(request.headers ?? {}).some(
    ([name, value]) => /^content-type$/i.test(name) && /^application\/x-www-form-urlencoded\s*;/i.test(`${value}`),
  );

const listsOf = (headers: Record<string, string> = {}) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));

const isJson = (text = ''): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** What a caller of a webhook is told. */
export const webhookDifferences: readonly Difference[] = [
  {
    parts: ['argo/webhook'],
    when: (one) => one.request.busDown === true,
    expected: () => ({ status: 503, responseBody: 'failed to record event' }),
    because: 'Where we differ: the bus is waited for, and then it is 503 with Retry-After, which callers try again',
  },
  {
    parts: ['argo/webhook'],
    when: (one) => sizeOf(one) > (one.spec.maxPayloadSize ?? 1024 * 1024),
    expected: (one) => ({
      status: 413,
      responseBody: `the body has ${sizeOf(one)} bytes, and no more than ${one.spec.maxPayloadSize ?? 1024 * 1024} are taken`,
    }),
    because: 'B49: a body that is too large is 413, with both numbers',
  },
  {
    parts: ['argo/webhook'],
    when: (one) => one.request.method === one.spec.method && one.request.method === 'POST' && isForm(one),
    expected: ({ request }) => ({
      status: 200,
      responseBody: 'success',
      published: true,
      payload: {
        header: listsOf(request.headers),
        body: Object.fromEntries([...new URLSearchParams(request.body)].map(([name, value]) => [name, [value]])),
      },
    }),
    because: 'B49: a form is a form, also when its content type names a charset',
  },
  {
    parts: ['argo/webhook'],
    when: ({ spec, request }) => request.method === spec.method && !['GET', 'POST', 'HEAD'].includes(spec.method) && isJson(request.body),
    expected: ({ request }) => ({
      status: 200,
      responseBody: 'success',
      published: true,
      payload: { header: listsOf(request.headers), body: JSON.parse(request.body) },
    }),
    because: 'B49: every method that is configured is taken',
  },
];
