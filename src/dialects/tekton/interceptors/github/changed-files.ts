import { EngineError } from '../../../../core/errors/engine-error.ts';
import { isObject, type Json, type JsonObject } from '../../../../core/json/json.ts';
import { goJson } from '../../../../core/json/stringify.ts';
import { passes } from '../answer.ts';
import type { Answer, InterceptorRequest } from '../interceptor.ts';
import { checkKey, secretOf, warnOfKey } from '../secret-ref.ts';
import { checkHost, GithubApi, type Places } from './api.ts';
import type { GithubParams } from './index.ts';
import { eventTypeOf, fromPayload, Lacking, numberOf, repositoryOf } from './payload.ts';
import type { Step } from './step.ts';

const field = 'addChangedFiles.personalAccessToken';

/** Adds `changed_files`, their names with commas between: of a push those of its commits, of a pull request what GitHub says. */
export function changedFiles({ personalAccessToken: token }: NonNullable<GithubParams['addChangedFiles']>, places: Places): Step {
  const read = (request: InterceptorRequest): { files: string[] } | PullRequest | Answer => {
    const type = eventTypeOf(request);
    if (type !== 'push' && type !== 'pull_request') return passes();
    const wrong = checkKey(token, field);
    if (wrong) return wrong;
    if (type === 'push') return fromPayload(request, (payload) => ({ files: filesOfPush(payload) }));
    return checkHost(request, places) ?? fromPayload(request, pullRequestOf);
  };
  return {
    findings: warnOfKey(token, field),
    decide(request) {
      const found = read(request);
      if ('continue' in found) return found;
      return 'files' in found && !token ? added(found.files) : undefined;
    },
    async ask(request, context) {
      const found = read(request);
      if ('continue' in found) return found;
      const value = token && (await secretOf(token, request, context));
      return added('files' in found ? found.files : await filesOf(found, new GithubApi(request, places, value, context)));
    },
  };
}

type PullRequest = ReturnType<typeof pullRequestOf>;

const pullRequestOf = (payload: JsonObject) => ({ number: numberOf(payload['number'], 'body.number'), ...repositoryOf(payload) });

async function filesOf({ owner, name, number }: PullRequest, api: GithubApi): Promise<string[]> {
  const path = `/repos/${owner}/${name}/pulls/${number}/files`;
  const files: string[] = [];
  for await (const page of api.pages(path)) {
    if (page) files.push(...page.map((file) => (isObject(file) ? `${file['filename'] ?? ''}` : '')));
    else
      throw new EngineError('REMOTE_RECEIVER', { server: 'GitHub', reason: `${path} is not there, or not for this personalAccessToken` });
  }
  return files;
}

/** Of each commit what was added, modified and removed, in this order. */
function filesOfPush(payload: JsonObject): string[] {
  repositoryOf(payload);
  const commits = Array.isArray(payload['commits']) ? payload['commits'] : [];
  return commits.flatMap((commit, at) =>
    ['added', 'modified', 'removed'].flatMap((list) => {
      const files = isObject(commit) ? commit[list] : undefined;
      if (!Array.isArray(files)) throw new Lacking(`body.commits[${at}].${list} is missing`);
      return files.map(textOf);
    }),
  );
}

const textOf = (file: Json): string => (typeof file === 'string' ? file : goJson(file));

const added = (files: readonly string[]): Answer => passes({ changed_files: files.join(',') });
