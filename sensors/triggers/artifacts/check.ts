import { checkS3 } from '../../../src/core/aws/s3.ts';
import { error, type Finding, type Path, under, warning } from '../../../src/core/errors/finding.ts';
import { isUrl } from '../../../src/core/http/url.ts';
import { isObject, type Json } from '../../../src/core/json/json.ts';
import { problemOf } from '../../checked.ts';
import type { ArtifactSpec, GitSpec } from './spec.ts';
import { writtenArtifact } from './written.ts';

/** What the schema cannot say of a `source`; paths are relative to it. */
export function checkArtifact(source: ArtifactSpec): Finding[] {
  const { s3, git } = source;
  return [
    ...(s3 ? under('s3', [...checkS3(s3), ...checkKey(s3.bucket?.key)]) : []),
    ...checkInline(source),
    ...checkUrl(source),
    ...(git ? under('git', checkGit(git)) : []),
  ];
}

const refuse = (path: Path, problem: string, hint?: string): Finding[] => [
  error('CONFIG_INVALID', path, { problem }, hint ? { hint } : {}),
];

const checkKey = (key: string | undefined): Finding[] =>
  key ? [] : [error('CONFIG_MISSING', ['bucket'], { problem: 'the key of the object in the bucket must be specified' })];

function checkInline(source: ArtifactSpec): Finding[] {
  let object: Json | undefined;
  const unreadable = problemOf(['inline'], () => {
    object = writtenArtifact(source);
  });
  if (unreadable) return [unreadable];
  if (source.inline === undefined || isObject(object)) return [];
  const problem = 'every firing would fail: the text is no Kubernetes object';
  return [warning('CONFIG_INVALID', ['inline'], { problem }, { hint: 'write its apiVersion, kind and metadata as YAML or JSON' })];
}

function checkUrl({ url }: ArtifactSpec): Finding[] {
  if (!url) return [];
  if (!isUrl(url.path) || !URL.canParse(url.path)) return refuse(['url', 'path'], `"${url.path}" is no http or https URL`);
  if (url.verifyCert !== false) return [];
  const problem = 'verifyCert: false takes any certificate, so that whoever is in between can give another object';
  return [warning('CONFIG_INVALID', ['url', 'verifyCert'], { problem })];
}

function checkGit({ url, filePath, remote, creds, githubApp, insecureIgnoreHostKey }: GitSpec): Finding[] {
  const from = remote?.urls[0] ?? url;
  if (!from) return [error('CONFIG_MISSING', ['url'], { problem: 'the url of the repository must be specified' })];
  if (!isRepository(from))
    return refuse(['url'], `"${from}" is no place of a repository`, 'write https://host/path.git or git@host:path.git');
  if (!filePath) return [error('CONFIG_MISSING', ['filePath'], { problem: 'the path of the file in the repository must be specified' })];
  if (!isInside(filePath)) return refuse(['filePath'], `"${filePath}" is no path of a file inside the repository`);
  if (githubApp) {
    const because = 'it needs a service of GitHub for each token: give a token as `creds.password`';
    return [error('CONFIG_UNSUPPORTED', ['githubApp'], { what: 'githubApp', because })];
  }
  if (creds && !(creds.username && creds.password)) return refuse(['creds'], 'creds needs username and password');
  if (!insecureIgnoreHostKey) return [];
  const problem = 'insecureIgnoreHostKey takes any host, so that whoever is in between can give another object';
  return [warning('CONFIG_INVALID', ['insecureIgnoreHostKey'], { problem })];
}

/** No option of git, and none of its ways to run another program. */
const isRepository = (url: string): boolean => /^(?:https?|ssh|git|file):\/\/[^\s]+$/.test(url) || /^[\w.]+@[\w.-]+:[^\s]+$/.test(url);

/** Argo refuses the same: no way out, no home folder, no backslash. */
const isInside = (path: string): boolean => !/^\/|\\|~/.test(path) && !path.split('/').includes('..');
