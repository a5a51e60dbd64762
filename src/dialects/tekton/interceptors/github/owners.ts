import { EngineError } from '../../../../core/errors/engine-error.ts';
import { warning } from '../../../../core/errors/finding.ts';
import { isObject, type Json, type JsonObject } from '../../../../core/json/json.ts';
import { parseYaml } from '../../../../core/yaml/parse.ts';
import { passes, unmet } from '../answer.ts';
import type { Answer, InterceptorRequest } from '../interceptor.ts';
import { checkKey, secretOf, warnOfKey } from '../secret-ref.ts';
import { checkHost, GithubApi, type Places } from './api.ts';
import type { GithubParams } from './index.ts';
import { eventTypeOf, fromPayload, Lacking, numberOf, type Repository, repositoryOf } from './payload.ts';
import type { Step } from './step.ts';

const field = 'githubOwners.personalAccessToken';
const checkTypes = ['orgMembers', 'repoMembers', 'all', 'none'];
/** A line of a comment by which an owner lets a pull request of a stranger be tested. */
const command = /(?:^|\n)\/ok-to-test(?:\r|\n|$)/;

/** Lets pull requests through that an owner has opened, and comments by which an owner wants a test. Other events are let through. */
export function owners({ personalAccessToken: token, checkType }: NonNullable<GithubParams['githubOwners']>, places: Places): Step {
  const read = (request: InterceptorRequest): Asked | Answer => {
    const type = eventTypeOf(request);
    if (type !== 'pull_request' && type !== 'issue_comment') return passes();
    const wrong = checkKey(token, field) ?? (!token && checkType !== 'none' ? unmet(tokenless(checkType)) : undefined);
    if (wrong) return wrong;
    const asked = fromPayload(request, type === 'pull_request' ? pullRequestOf : commentOf);
    if ('continue' in asked) return asked;
    if (asked.comment !== undefined && !command.test(asked.comment)) return unmet('body.comment.body has no line /ok-to-test');
    return checkHost(request, places) ?? asked;
  };
  return {
    findings: [
      ...warnOfKey(token, field),
      ...(checkTypes.includes(checkType) ? [] : [warning('CONFIG_INVALID', ['params'], { problem: unknown(checkType) })]),
    ],
    decide(request) {
      const asked = read(request);
      return 'continue' in asked ? asked : undefined;
    },
    async ask(request, context) {
      const asked = read(request);
      if ('continue' in asked) return asked;
      const api = new GithubApi(request, places, token && (await secretOf(token, request, context)), context);
      if (await isOwner(asked, checkType, api)) return passes();
      return unmet(`body.sender.login is \`${asked.sender}\`, and that is no owner of ${asked.owner}/${asked.name}`);
    },
  };
}

const tokenless = (checkType: string): string =>
  `checkType is \`${checkType}\`, and without a personalAccessToken nobody tells us who is a member`;

const unknown = (checkType: string): string =>
  `githubOwners.checkType is "${checkType}", and not one of ${checkTypes.join(', ')}: only the file OWNERS is looked at`;

interface Asked extends Repository {
  readonly sender: string;
  /** Undefined for a pull request. */
  readonly comment: string | undefined;
}

function pullRequestOf(payload: JsonObject): Asked {
  numberOf(payload['number'], 'body.number');
  return { ...repositoryOf(payload), sender: senderOf(payload), comment: undefined };
}

function commentOf(payload: JsonObject): Asked {
  const { issue, comment } = payload;
  if (!isObject(issue)) throw new Lacking('body.issue is missing');
  numberOf(issue['number'], 'body.issue.number');
  const place = { ...repositoryOf(payload), sender: senderOf(payload) };
  if (!isObject(comment)) throw new Lacking('body.comment is missing');
  if (typeof comment['body'] !== 'string') throw new Lacking('body.comment.body is missing');
  return { ...place, comment: comment['body'] };
}

function senderOf({ sender }: JsonObject): string {
  if (!isObject(sender) || typeof sender['login'] !== 'string') throw new Lacking('body.sender.login is missing');
  return sender['login'];
}

async function isOwner({ owner, name, sender }: Asked, checkType: string, api: GithubApi): Promise<boolean> {
  const asks = (type: string) => checkType === type || checkType === 'all';
  if (asks('orgMembers') && (await isListed(sender, `/orgs/${owner}/public_members`, api))) return true;
  if (asks('repoMembers') && (await isListed(sender, `/repos/${owner}/${name}/collaborators`, api))) return true;
  return namesIn(await api.get(`/repos/${owner}/${name}/contents/OWNERS`)).includes(sender.toLowerCase());
}

async function isListed(sender: string, path: string, api: GithubApi): Promise<boolean> {
  for await (const page of api.pages(path)) if (page?.some((user) => isObject(user) && user['login'] === sender)) return true;
  return false;
}

/** The approvers and reviewers in the file OWNERS, in small letters; nobody where there is no such file. */
function namesIn(file: Json | undefined): string[] {
  if (!isObject(file) || typeof file['content'] !== 'string') return [];
  const text = file['encoding'] === 'base64' ? Buffer.from(file['content'], 'base64').toString('utf8') : file['content'];
  const lists = yamlOf(text);
  return ['approvers', 'reviewers'].flatMap((list) => {
    const names = isObject(lists) ? lists[list] : undefined;
    return Array.isArray(names) ? names.map((one) => `${one}`.toLowerCase()) : [];
  });
}

/** A file that cannot be read names nobody. */
function yamlOf(text: string): Json {
  try {
    return parseYaml(text);
  } catch (thrown) {
    if (thrown instanceof EngineError) return null;
    throw thrown;
  }
}
