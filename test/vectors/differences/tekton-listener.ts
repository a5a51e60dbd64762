import type { Case } from '../adapter.ts';
import { isGone } from '../adapters/tekton-http.ts';
import type { Difference } from '../differences.ts';

/** Whether a call is signed with SHA-1 for an interceptor that looks at signatures. */
function hasSha1({ request, objects }: Case): boolean {
  const headers = Object.entries(request.headers as Record<string, string[]>);
  const isSigned = headers.some(([name, values]) => /^X-Hub-Signature/i.test(name) && values[0]?.startsWith('sha1='));
  return isSigned && /"secretRef"/.test(JSON.stringify(objects));
}

/** Triggers that a listener names and that are not among the objects. */
function missing({ objects }: Case): string[] {
  const there = objects.filter(({ kind }: Case) => kind === 'Trigger').map(({ metadata }: Case) => metadata.name);
  const named = objects.flatMap(({ spec }: Case) => (spec?.triggers ?? []).map(({ triggerRef }: Case) => triggerRef));
  return named.filter((name: string | undefined) => name && !there.includes(name));
}

/** Whether a trigger is neither written out nor named, or is none. */
const isNone = ({ request }: Case): boolean => (request.triggers ?? []).some(({ template, triggerRef }: Case) => !template && !triggerRef);

/** What an EventListener does with an event, from its port to what is created. */
export const tektonListenerDifferences: readonly Difference[] = [
  {
    parts: ['tekton/eventlistener'],
    when: hasSha1,
    expected: ({ want }) => ({ outcomes: want.map(({ trigger }: Case) => ({ outcome: 'stopped', trigger })) }),
    because: 'tekton.md 20.6: a signature made with SHA-1 is taken where that is allowed only',
  },
  {
    parts: ['tekton/eventlistener'],
    when: (one) => missing(one).length > 0,
    expected: (one) => ({
      outcomes: [...one.want.map(({ why: _, ...rest }: Case) => rest), ...missing(one).map((trigger) => ({ outcome: 'error', trigger }))],
    }),
    because: 'tekton.md 20.4: an event that needs a Trigger which is not there waits for it, and it is said',
  },
  {
    parts: ['tekton/http'],
    when: isNone,
    expected: () => ({ status: 'refused when loaded', body: undefined, bodyText: undefined }),
    because: 'tekton.md 13: a listener that cannot do its work is refused when it is loaded',
  },
  {
    parts: ['tekton/http'],
    when: isGone,
    expected: () => ({ status: 'nobody listens', body: undefined, bodyText: undefined }),
    because: 'tekton.md 20.1: a listener that is gone takes no more events',
  },
];
