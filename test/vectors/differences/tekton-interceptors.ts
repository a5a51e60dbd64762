import type { Answer, Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';

const parts = ['tekton/interceptors'];

const headerOf = ({ header }: Case, wanted: string): string => {
  const [, values] = Object.entries<string[]>(header).find(([name]) => name.toLowerCase() === wanted.toLowerCase()) ?? [];
  return values?.[0] ?? '';
};

const kindHeader: Record<string, string> = { github: 'X-Github-Event', gitlab: 'X-Gitlab-Event', bitbucket: 'X-Event-Key' };
const proof: Record<string, string> = { github: 'X-Hub-Signature-256', gitlab: 'X-Gitlab-Token', bitbucket: 'X-Hub-Signature' };

const eventOf = (one: Case): string => headerOf(one, kindHeader[one.interceptor] ?? 'none');
const isWanted = (one: Case): boolean => !one.params?.eventTypes || one.params.eventTypes.includes(eventOf(one));
const isForm = (one: Case): boolean =>
  one.interceptor === 'github' && headerOf(one, 'Content-Type') === 'application/x-www-form-urlencoded';

/** Whether a Secret is needed to tell that its signature or token is wrong. */
function isProof(one: Case): boolean {
  const sent = headerOf(one, proof[one.interceptor] ?? 'none');
  return one.interceptor === 'gitlab' ? sent !== '' : /^sha(1|256|512)=([\da-f]{2})*$/i.test(sent);
}

/** The Secrets that are read for this case, as far as it gets by what it says itself. */
function secretsOf(one: Case): { secretName: string; secretKey: string }[] {
  if (!isWanted(one) || isForm(one)) return [];
  const { secretRef, addChangedFiles, githubOwners } = one.params ?? {};
  if (secretRef && (!secretRef.secretKey || !isProof(one))) return [];
  const files = addChangedFiles?.enabled && ['push', 'pull_request'].includes(eventOf(one)) ? addChangedFiles.personalAccessToken : null;
  const owners =
    githubOwners?.enabled && ['pull_request', 'issue_comment'].includes(eventOf(one)) ? githubOwners.personalAccessToken : null;
  return [secretRef, owners, files].filter((ref) => ref?.secretKey && ref.secretName);
}

const secretIn = ({ secrets, triggerNamespace }: Case, { secretName, secretKey }: { secretName: string; secretKey: string }): string =>
  secrets?.[`${triggerNamespace}/${secretName}`]?.[secretKey] ?? '';

const hasSha1 = (one: Case): boolean =>
  ['github', 'bitbucket'].includes(one.interceptor) && one.params?.secretRef && headerOf(one, proof[one.interceptor]!).startsWith('sha1=');

const stopped: Answer = {
  wantContinue: false,
  wantExtensions: undefined,
  wantCode: 'FailedPrecondition',
  wantMessage: 'said in our words',
};
const failed = (code: string): Answer => ({
  wantContinue: false,
  wantExtensions: undefined,
  wantCode: undefined,
  wantMessage: undefined,
  wantError: code,
});

/** Whether the names of changed files are wanted of this case. */
const addsFiles = (one: Case): boolean =>
  Boolean(one.params?.addChangedFiles?.enabled) && isWanted(one) && ['push', 'pull_request'].includes(eventOf(one));

/** Whether GitHub is asked about this case. */
const asksGithub = (one: Case): boolean =>
  one.interceptor === 'github' &&
  isWanted(one) &&
  ((one.params?.addChangedFiles?.enabled && eventOf(one) === 'pull_request') ||
    (one.params?.githubOwners?.enabled && ['pull_request', 'issue_comment'].includes(eventOf(one))));

/** The status with which GitHub refuses what it is asked about this case. That there is no such list or file says something too. */
function refusal({ params, githubAPI = [], ...one }: Case): number | undefined {
  const isFiles = params.addChangedFiles?.enabled && headerOf(one, 'X-Github-Event') === 'pull_request';
  const lists = listsOf(params.githubOwners?.checkType);
  const isAsked = (path: string) =>
    path === '*' || path.endsWith('OWNERS') || [...lists, isFiles ? 'files' : []].flat().some((end) => path.endsWith(end));
  const page = githubAPI.find(({ path, status }: Case) => isAsked(path) && status >= 400 && (status !== 404 || isFiles));
  return page?.status;
}

function listsOf(checkType: string): string[] {
  const lists: Record<string, string[]> = { orgMembers: ['members'], repoMembers: ['collaborators'], all: ['members', 'collaborators'] };
  return lists[checkType] ?? [];
}

/** By the lists and the file that GitHub gives in the case, whether its sender may start something. */
function isOwner({ body, params, githubAPI = [] }: Case): boolean {
  const { sender, comment } = JSON.parse(body);
  if (comment && !/(^|\n)\/ok-to-test(\r|\n|$)/.test(comment.body)) return false;
  const lists = listsOf(params.githubOwners.checkType);
  return githubAPI.some(({ path, body: page }: Case) => {
    if (path.endsWith('OWNERS'))
      return Buffer.from(JSON.parse(page).content ?? '', 'base64')
        .toString()
        .includes(sender.login);
    return lists.some((list) => path.endsWith(list)) && JSON.parse(page).some(({ login }: Case) => login === sender.login);
  });
}

/** What the interceptors of Tekton's own let through, and what not. */
export const tektonInterceptorDifferences: readonly Difference[] = [
  {
    parts,
    when: (one) => hasSha1(one) && isWanted(one) && !isForm(one) && Boolean(one.params.secretRef.secretKey) && !one.params.allowSha1,
    expected: () => stopped,
    because: 'tekton.md 20.6: a signature made with SHA-1 is taken where that is allowed only',
  },
  {
    parts,
    when: (one) => one.hasContext === false && (secretsOf(one).length > 0 || addsFiles(one)),
    expected: () => ({ wantContinue: true, wantCode: undefined, wantMessage: undefined }),
    because: 'tekton.md 9.2: every request has its context here, so the Secret of its namespace is read',
  },
  {
    parts,
    when: (one) => secretsOf(one).some((ref) => secretIn(one, ref) === ''),
    expected: () => failed('CONFIG_SECRET'),
    because: 'tekton.md 19: a Secret that cannot be read, or is empty, is an error that is tried again; the event is not lost',
  },
  {
    parts,
    when: (one) => asksGithub(one) && headerOf(one, 'X-Github-Enterprise-Host') !== '' && !one.params.enterpriseHosts,
    expected: () => stopped,
    because: 'tekton.md 20.6: a server that a header names is asked where it is listed only',
  },
  {
    parts,
    when: (one) => asksGithub(one) && refusal(one) !== undefined,
    expected: (one) => failed([401, 403].includes(refusal(one)!) ? 'REMOTE_RECEIVER_AUTH' : 'REMOTE_RECEIVER'),
    because: 'tekton.md 19: what GitHub refuses to tell is an error that is tried again; the event is not lost',
  },
  {
    parts,
    when: (one) =>
      one.params?.addChangedFiles?.enabled &&
      one.params?.githubOwners?.enabled &&
      isWanted(one) &&
      ['pull_request', 'issue_comment'].includes(eventOf(one)) &&
      !isOwner(one),
    expected: () => stopped,
    because: 'tekton.md 10: owners are checked where changed files are added too',
  },
  {
    parts,
    when: (one) => one.interceptor === 'bitbucket' && one.params?.eventTypes && !one.header['X-Event-Key'] && isWanted(one),
    expected: () => ({ wantContinue: true, wantExtensions: {}, wantCode: undefined, wantMessage: undefined }),
    because: 'tekton.md 10: header names have come in their canonical form, as every HTTP server gives them',
  },
];
