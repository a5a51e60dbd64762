import type { TestReport, TestResult } from './run-tests.ts';

/** What came of tests, as JUnit's XML: a suite for each file. Rules and files that could not be read are errors of a suite of their own. */
export function junit({ results, findings }: TestReport): string {
  const files = [...new Set(results.map((one) => one.file))];
  const suites = files.map((file) => suite(file, results.filter((one) => one.file === file).map(testCase)));
  const broken = findings.map(({ file, line, column, message, code }) =>
    element('testcase', { name: `${file}:${line}:${column}`, classname: file }, element('error', { message, type: code })),
  );
  if (broken.length > 0) suites.push(suite('rules', broken));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', {}, suites.join(''))}\n`;
}

function suite(name: string, cases: readonly string[]): string {
  const count = (part: string) => String(cases.filter((one) => one.includes(`<${part} `)).length);
  const numbers = { tests: String(cases.length), failures: count('failure'), errors: count('error') };
  return element('testsuite', { name, ...numbers }, cases.join(''));
}

function testCase({ file, name, failures, took }: TestResult): string {
  const details = failures.map(({ place, message, why }) => [`${place}  ${message}`, ...why].join('\n'));
  const failure = details.length === 0 ? '' : element('failure', { message: failures[0]!.message }, escaped(details.join('\n')));
  return element('testcase', { name, classname: file, time: (took / 1000).toFixed(3) }, failure);
}

function element(name: string, attributes: Readonly<Record<string, string>>, content = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${written.join('')}>${content}</${name}>`;
}

/** XML cannot hold most control characters at all. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '�')
    .replace(/[&<>"\n]/g, (character) => `&#${character.charCodeAt(0)};`);
