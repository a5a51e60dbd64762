import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';

/** Whether a call is signed with SHA-1 for an interceptor that looks at signatures. */
function hasSha1({ request, objects }: Case): boolean {
  const headers = Object.entries(request.headers as Record<string, string[]>);
  const isSigned = headers.some(([name, values]) => /^X-Hub-Signature/i.test(name) && values[0]?.startsWith('sha1='));
  return isSigned && /"secretRef"/.test(JSON.stringify(objects));
}

/** What an EventListener does with an event, from its port to what is created. */
export const tektonListenerDifferences: readonly Difference[] = [
  {
    parts: ['tekton/eventlistener'],
    when: hasSha1,
    expected: ({ want }) => ({ outcomes: want.map(({ trigger }: Case) => ({ outcome: 'stopped', trigger })) }),
    because: 'tekton.md 20.6: a signature made with SHA-1 is taken where that is allowed only',
  },
];
