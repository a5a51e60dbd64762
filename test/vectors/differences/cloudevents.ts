import { compileCesql, Failure } from '../../../src/core/cesql/index.ts';
import { attributesOf } from '../../../src/core/cloudevents/attributes.ts';
import { compileFilter } from '../../../src/dialects/knative/filters/index.ts';
import type { Case } from '../adapter.ts';
import { eventOf } from '../adapters/cloudevents.ts';
import type { Difference } from '../differences.ts';

const asked = (cesql: unknown, event: Case): boolean | Failure | 'unusable' => {
  try {
    return compileCesql(cesql as string).ask(attributesOf(eventOf(event)));
  } catch {
    return 'unusable';
  }
};

/** Empty, or with an empty name or value, or with an expression that cannot be read, somewhere in it. */
function isUnusable(filter: Case, event: Case): boolean {
  const [[dialect, value] = [undefined, undefined], ...more] = Object.entries(filter ?? {});
  if (dialect === undefined || more.length > 0) return true;
  if (dialect === 'cesql') return asked(value, event) === 'unusable';
  if (dialect === 'not') return isUnusable(value, event);
  if (dialect === 'all' || dialect === 'any') return !value?.length || value.some((one: Case) => isUnusable(one, event));
  const compared = Object.entries(value ?? {});
  return compared.length === 0 || compared.some(([name, text]) => !/^[a-z][a-z0-9]*$/.test(name) || text === '');
}

type Told = 'passes' | 'refuses' | 'fails';

/** What a filter says of an event where an expression that fails is neither a yes nor a no. */
function told(filter: Case, event: Case): Told {
  const { cesql, not, all, any } = filter;
  if (cesql !== undefined) {
    const answer = asked(cesql, event);
    return answer === true ? 'passes' : answer instanceof Failure ? 'fails' : 'refuses';
  }
  if (not) return ({ passes: 'refuses', refuses: 'passes', fails: 'fails' } as const)[told(not, event)];
  if (all) return all.map((one: Case) => told(one, event)).find((one: Told) => one !== 'passes') ?? 'passes';
  if (any) {
    const some: Told[] = any.map((one: Case) => told(one, event));
    return some.includes('passes') ? 'passes' : some.includes('fails') ? 'fails' : 'refuses';
  }
  const { value } = compileFilter({ filters: [filter] }, []);
  return value.filter(attributesOf(eventOf(event))) ? 'refuses' : 'passes';
}

const isJsonStructure = ({ headers, body }: Case): boolean => {
  if (!/^application\/cloudevents\+json/.test(headers?.['Content-Type']?.[0] ?? '')) return false;
  try {
    const { datacontenttype, data } = JSON.parse(body);
    return /^[^;]*\+json\s*(?:;|$)/.test(datacontenttype) && typeof data !== 'string' && data !== undefined;
  } catch {
    return false;
  }
};

const isBatch = (headers: Case = {}): boolean =>
  Object.entries(headers).some(
    ([name, value]) => /^content-type$/i.test(name) && /^application\/cloudevents-batch\+json/.test([value].flat()[0]),
  );

const claimsToBeAnEvent = (headers: Record<string, string>): boolean =>
  'Ce-Specversion' in headers || /^application\/cloudevents/.test(headers['Content-Type'] ?? '');

/** CloudEvents, how Triggers choose among them, and how they are delivered. */
export const cloudeventDifferences: readonly Difference[] = [
  {
    parts: ['knative/http-binding'],
    when: ({ event, mode }) => mode === 'binary' && /[^\x20-\x7e]/.test(event.subject ?? ''),
    expected: ({ wantHeaders, event }) => ({
      wantHeaders: { ...wantHeaders, 'Ce-Subject': encodeURIComponent(event.subject).replaceAll('%2F', '/') },
    }),
    because: '11: in headers, what is not ASCII is percent-encoded, as CloudEvents asks for it',
  },
  {
    parts: ['knative/http-binding'],
    when: isJsonStructure,
    expected: ({ body }) => {
      const { data_base64: _, ...event } = JSON.parse(body);
      return { wantEncoding: 'structured', wantError: null, wantEvent: event };
    },
    because: '11: data of a type such as application/vnd.x+json is JSON, as CloudEvents says',
  },
  {
    parts: ['knative/http-binding'],
    when: ({ event, mode }) => mode === 'structured' && event.data !== undefined && /^[^;]*\+json\s*(?:;|$)/.test(event.datacontenttype),
    expected: ({ event }) => ({ wantBody: JSON.stringify(event) }),
    because: '11: data of a type such as application/vnd.x+json is JSON, as CloudEvents says',
  },
  {
    parts: ['knative/http-binding'],
    when: ({ headers, body }) => isBatch(headers) && /^\s*\[/.test(body),
    expected: () => ({ wantEncoding: 'batched', wantError: null }),
    because: '11: a batch is read too',
  },
  {
    parts: ['knative/trigger-filters'],
    when: ({ filters, event }) => filters.some((one: Case) => isUnusable(one, event)),
    expected: () => ({ wantDeliver: false }),
    because: '13.6: a filter that cannot be used is an error of the Trigger, and lets nothing pass',
  },
  {
    parts: ['knative/trigger-filters'],
    when: ({ filters, event }) => filters.some((one: Case) => told(one, event) === 'fails'),
    expected: () => ({ wantDeliver: false }),
    because: '13.6: an expression that fails lets nothing pass, and neither does its `not`',
  },
  {
    parts: ['knative/trigger-delivery'],
    when: ({ subscriberAnswers: answer }) => answer && answer.status < 300 && answer.body !== '' && !claimsToBeAnEvent(answer.headers),
    expected: ({ subscriberAnswers }) => ({ wantStatus: subscriberAnswers.status }),
    because: '13.7: an answer 2xx that is no event is a success',
  },
  {
    parts: ['knative/delivery'],
    when: ({ validate }) => /^P(?:\d+D|T\d+[HMS])$/.test(validate?.retryAfterMax ?? ''),
    expected: () => ({ wantError: null }),
    because: '9: retryAfterMax is obeyed wherever it is written; here no feature has to be switched on for it',
  },
  {
    parts: ['knative/broker-ingress'],
    when: ({ path, method }) => path === '/ns/unready' && method === 'POST',
    expected: () => ({ wantStatus: 503 }),
    because: '13.5: 202 says that the event is stored, and where it cannot be, 503 asks the sender to come again',
  },
  {
    parts: ['knative/broker-ingress'],
    when: ({ headers }) => isBatch(headers),
    expected: () => ({ wantStatus: 202 }),
    because: '13.5: a batch is stored whole before its sender is answered',
  },
];
