import type { Interceptor } from './interceptor.ts';

/** The interceptor as a rehearsal has it, which asks nobody: what it would ask is told, and taken for a yes. */
export function unasking(interceptor: Interceptor, leaveOut: (what: string) => void): Interceptor {
  const { name, unasked } = interceptor;
  if (!unasked) return interceptor;
  return {
    ...interceptor,
    async ask(request) {
      const { answer, would } = unasked(request);
      leaveOut(`interceptor \`${name}\` would ${would}`);
      return answer;
    },
  };
}
