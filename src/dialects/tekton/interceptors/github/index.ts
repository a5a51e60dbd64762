/**
 * Calls of GitHub, as Tekton's interceptor `github` takes them: the kind of event, the signature, the changed files as an extension, and
 * whether the sender is one of the owners.
 *
 * Other than there, owners are checked where changed files are added too, SHA-1 is taken where it is allowed, and an Enterprise server
 * whose name stands in the call is asked where it is listed.
 */
import { z } from 'zod';
import { code, passes, stops } from '../answer.ts';
import { checkEventType } from '../event-types.ts';
import { hubSignature } from '../hub-signature.ts';
import type { Answer, InterceptorRequest } from '../interceptor.ts';
import { type Compiled, closed, eventTypes, type Params, readParams } from '../params.ts';
import { secretRef } from '../secret-ref.ts';
import { changedFiles } from './changed-files.ts';
import { owners } from './owners.ts';

const schema = z.strictObject({
  secretRef,
  eventTypes,
  addChangedFiles: z.strictObject({ enabled: z.boolean().default(false), personalAccessToken: secretRef }).optional(),
  githubOwners: z
    .strictObject({ enabled: z.boolean().default(false), personalAccessToken: secretRef, checkType: z.string().default('') })
    .optional(),
  allowSha1: z.boolean().default(false),
  enterpriseHosts: z.array(z.string()).default([]),
});

export type GithubParams = z.output<typeof schema>;

/** Only the last step adds something, so its answer is that of all. `api` is the address of GitHub's own API. */
export function githubInterceptor(params: Params, api: string): Compiled {
  const { value, findings } = readParams(schema, params);
  if (!value) return closed('github', findings);
  const signature = hubSignature({
    header: 'X-Hub-Signature-256',
    absent: code.failedPrecondition,
    secretRef: value.secretRef,
    allowSha1: value.allowSha1,
  });
  const places = { api, enterpriseHosts: value.enterpriseHosts };
  const steps = [
    ...(value.githubOwners?.enabled ? [owners(value.githubOwners, places)] : []),
    ...(value.addChangedFiles?.enabled ? [changedFiles(value.addChangedFiles, places)] : []),
  ];
  const before = (request: InterceptorRequest): Answer | undefined =>
    checkForm(request) ?? checkEventType(request.call, 'X-Github-Event', value.eventTypes) ?? signature.before(request);
  return {
    interceptor: {
      name: 'github',
      addsNothing: !value.addChangedFiles?.enabled,
      decide(request) {
        const no = before(request);
        if (no) return no;
        const answers = steps.map((step) => step.decide(request));
        const stopped = answers.find((answer) => answer?.continue === false);
        if (stopped) return stopped;
        return value.secretRef || answers.includes(undefined) ? undefined : (answers.at(-1) ?? passes());
      },
      async ask(request, context) {
        let answer = before(request) ?? (await signature.check(request, context)) ?? passes();
        for (const step of steps) if (answer.continue) answer = await step.ask(request, context);
        return answer;
      },
      unasked(request) {
        const answers = steps.map((step) => step.decide(request));
        const checks = value.secretRef ? ['check the signature in X-Hub-Signature-256'] : [];
        const asks = answers.includes(undefined) ? ['ask GitHub about owners and changed files'] : [];
        return { answer: answers.at(-1) ?? passes(), would: [...checks, ...asks].join(' and ') };
      },
    },
    findings: [...findings, ...signature.findings, ...steps.flatMap((step) => step.findings)],
  };
}

const form = 'application/x-www-form-urlencoded';

function checkForm({ call }: InterceptorRequest): Answer | undefined {
  if (call.header['Content-Type']?.[0] !== form) return undefined;
  return stops(
    code.invalidArgument,
    `Content-Type is \`${form}\`, and JSON is wanted: set the content type of the hook to application/json`,
  );
}
