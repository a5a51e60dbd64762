import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { problemOf } from '../../../sensors/checked.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { error, type Finding } from '../../core/errors/finding.ts';
import { fileReasonOf } from '../../core/errors/from-unknown.ts';
import { isObject, type Json, type JsonObject } from '../../core/json/json.ts';
import { read } from '../../core/schema/read.ts';
import { parseDocuments, type YamlDocument } from '../../core/yaml/documents.ts';
import { type PlacedFinding, placed } from '../../manifests/document.ts';
import { type TestFile, testFileReadSchema } from '../../manifests/test-kind.ts';
import { says } from './match.ts';

/** The tests of one document, with their places. */
export interface Suite {
  readonly file: string;
  readonly yaml: YamlDocument;
  readonly spec: TestFile;
  /** Files and folders with the rules. */
  readonly rules: readonly string[];
}

/** The test files that are named or stand below a folder that is. Throws CONFIG_FILE_MISSING, or CONFIG_MISSING when there is none. */
export function testFilesIn(paths: readonly string[]): string[] {
  const files = paths.flatMap((path) => {
    try {
      return statSync(path).isDirectory() ? below(path) : [path];
    } catch (cause) {
      throw new EngineError('CONFIG_FILE_MISSING', { file: path, reason: fileReasonOf(cause) }, { cause });
    }
  });
  if (files.length > 0) return [...new Set(files)];
  const problem = `there is no test in ${paths.join(', ')}`;
  throw new EngineError('CONFIG_MISSING', { problem }, { hint: 'tests are files named *.test.yaml beside the rules' });
}

function below(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return below(path);
      return /\.test\.ya?ml$/.test(entry.name) ? [path] : [];
    });
}

/** Every document of a test file that can be read, and what is wrong with the others. */
export function loadSuites(file: string): { suites: Suite[]; findings: PlacedFinding[] } {
  const suites: Suite[] = [];
  const findings: PlacedFinding[] = [];
  for (const yaml of parseDocuments(readFileSync(file, 'utf8'))) {
    for (const { message, position } of yaml.problems)
      findings.push({ ...error('CONFIG_YAML', [], { reason: message }), file, ...position });
    if (yaml.value === undefined) continue;
    if (isRule(yaml.value)) {
      const problem = `a test file holds \`tests\`, but this document is of kind ${yaml.value['kind']}`;
      const hint = `tests are files named *.test.yaml beside the rules: sensorium test ${dirname(file)}`;
      findings.push(placed(error('CONFIG_INVALID', [], { problem }, { hint }), { file, yaml }));
      continue;
    }
    const { value, findings: wrong } = read(testFileReadSchema, withNames(yaml.value));
    const all = [...wrong.map(strictly), ...(value ? checkGiven(value) : [])];
    findings.push(...all.map((finding) => placed(finding, { file, yaml })));
    if (!value || all.length > 0) continue;
    const folder = dirname(file);
    suites.push({ file, yaml, spec: value, rules: (value.rules ?? ['.']).map((path) => fromFolder(folder, path)) });
  }
  return { suites, findings };
}

const isRule = (value: Json): value is JsonObject => isObject(value) && typeof value['kind'] === 'string' && value['tests'] === undefined;

/** A path of a test file, as it is seen from where the command runs. */
export const fromFolder = (folder: string, path: string): string => (isAbsolute(path) ? path : join(folder, path));

/** A firing that is a name alone, as the map that it stands for. */
function withNames(value: Json): Json {
  if (!isObject(value) || !Array.isArray(value['tests'])) return value;
  const named = (fires: Json): Json => (typeof fires === 'string' ? { trigger: fires } : fires);
  const tests = value['tests'].map((test) => {
    const expect = isObject(test) ? test['expect'] : undefined;
    if (!isObject(test) || !isObject(expect) || !Array.isArray(expect['fires'])) return test;
    return { ...test, expect: { ...expect, fires: expect['fires'].map(named) } };
  });
  return { ...value, tests };
}

/** A test that is not understood would prove nothing, so what a rule is forgiven is an error here. */
const strictly = (finding: Finding): Finding =>
  finding.code === 'CONFIG_UNKNOWN_FIELD'
    ? { ...finding, severity: 'error', code: 'CONFIG_INVALID', message: `there is no field "${finding.path.at(-1)}" in a test` }
    : finding;

/** What the schema cannot say. */
function checkGiven({ tests, now }: TestFile): Finding[] {
  const wrong = (path: Finding['path'], problem: string, hint?: string) => error('CONFIG_INVALID', path, { problem }, hint ? { hint } : {});
  const findings = unreadableTime(now, ['now']);
  for (const [index, test] of tests.entries()) {
    findings.push(...unreadableTime(test.now, ['tests', index, 'now']));
    for (const [of, texts] of Object.entries(test.expect.because ?? {}))
      findings.push(...unreadablePatterns(texts, ['tests', index, 'expect', 'because', of]));
    findings.push(...unreadablePatterns(test.expect.errors ?? [], ['tests', index, 'expect', 'errors']));
    const foreign = test.given.filter(isForOthers).length;
    if (foreign > 0 && foreign < test.given.length)
      findings.push(wrong(['tests', index, 'given'], 'a test gives events to a Sensor or to rules of other systems, not to both'));
    for (const [at, given] of test.given.entries()) {
      const path = ['tests', index, 'given', at];
      if (isForOthers(given)) {
        findings.push(...checkForOthers(given, path));
        continue;
      }
      const contents = (['data', 'event', 'file'] as const).filter((field) => given[field] !== undefined);
      if (contents.length > 1)
        findings.push(wrong(path, `an event is given by one of data, event and file, not by ${contents.join(' and ')}`));
      if (given.header !== undefined || given.body !== undefined)
        findings.push(wrong(path, 'header and body are of a call of an EventListener', 'listener: NAME'));
      if (given.dependency !== undefined && (given.eventSourceName !== undefined || given.eventName !== undefined))
        findings.push(wrong(path, 'an event is for a dependency, or from an event source, not both'));
      if ((given.eventSourceName === undefined) !== (given.eventName === undefined))
        findings.push(wrong(path, 'eventSourceName and eventName belong together'));
    }
  }
  return findings;
}

type GivenSpec = TestFile['tests'][number]['given'][number];

/** Whether an event is for a rule of another system. */
export const isForOthers = ({ listener, trigger, rule }: GivenSpec): boolean => (listener ?? trigger ?? rule) !== undefined;

function checkForOthers(given: GivenSpec, path: Finding['path']): Finding[] {
  const refused = (problem: string) => [error('CONFIG_INVALID', path, { problem })];
  const set = (...fields: (keyof GivenSpec)[]) => fields.filter((field) => given[field] !== undefined);
  const [ofSensors] = set('dependency', 'eventSourceName', 'eventName', 'data');
  if (ofSensors) return refused(`${ofSensors} is for Sensors; other rules take an event, a file, or header and body`);
  if (given.rule !== undefined && set('listener', 'trigger').length > 0)
    return refused('an event is for a rule, or for a listener or trigger, not for both');
  const contents = set('body', 'event', 'file');
  return contents.length > 1 ? refused(`an event is given by one of body, event and file, not by ${contents.join(' and ')}`) : [];
}

function unreadableTime(now: string | undefined, path: Finding['path']): Finding[] {
  if (now === undefined || !Number.isNaN(Date.parse(now))) return [];
  return [error('CONFIG_INVALID', path, { problem: `"${now}" is no time` }, { hint: 'write it as 2026-01-31T12:00:00Z' })];
}

function unreadablePatterns(texts: string | readonly string[], path: Finding['path']): Finding[] {
  const problems =
    typeof texts === 'string'
      ? [problemOf(path, () => says('', texts))]
      : texts.map((text, index) => problemOf([...path, index], () => says('', text)));
  return problems.filter((one) => one !== undefined);
}
