import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { showFinding } from '../../src/manifests/document.ts';
import { loadRules, loadText } from '../../src/manifests/load.ts';
import { serve } from '../support/http-server.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sensorium-load-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const object = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
const shown = (text: string) => loadText('rules.yaml', text).findings.map(showFinding);

test('reads folders and what is below them, in order of names, without tests and events', async () => {
  mkdirSync(join(folder, 'below'));
  for (const name of ['b.yaml', 'a.yml', 'c.json', 'below/d.yaml', 'x.test.yaml', 'y.event.json', 'README.md', '.hidden.yaml']) {
    writeFileSync(
      join(folder, name),
      name.endsWith('.json') ? '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}' : object(name),
    );
  }

  const { objects, findings } = await loadRules([folder]);

  expect(findings).toEqual([]);
  expect(objects.map(({ file }) => file.slice(folder.length + 1))).toEqual(['a.yml', 'b.yaml', 'below/d.yaml', 'c.json']);
});

test('reads many documents in one file, and the items of a List', () => {
  const list = '---\napiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}\n';

  expect(
    loadText('f', `${object('a')}---\n${object('b')}${list}`).objects.map((one) => (one.object['metadata'] as { name: string }).name),
  ).toEqual(['a', 'b', 'c']);
});

test('gives its namespace to objects that name none, and to no others', () => {
  const text = `${object('a')}---\n${object('b')}  namespace: own\n`;

  expect(
    loadText('f', text, { namespace: 'given' }).objects.map((one) => (one.object['metadata'] as { namespace: string }).namespace),
  ).toEqual(['given', 'own']);
});

test('a file that is not there is named', async () => {
  expect((await loadRules([join(folder, 'none.yaml')])).findings.map(showFinding)).toEqual([
    `${folder}/none.yaml:1:1  error  cannot read ${folder}/none.yaml: there is no such file  CONFIG_FILE_MISSING\n  try: check the path`,
  ]);
});

test('reads a page at a URL, and says which one cannot be read, without its password', async () => {
  await using server = await serve((request, response) => {
    if (request.url === '/rules.yaml') response.end(`${object('a')}---\nspec: [1, 2\n`);
    else response.writeHead(404).end();
  });

  const { objects, findings } = await loadRules([`http://joe:pw@${server.host}/rules.yaml`, `http://joe:pw@${server.host}/none`]);

  expect(objects).toHaveLength(1);
  expect(findings.map(({ file, code }) => [file, code])).toEqual([
    [`http://${server.host}/rules.yaml`, 'CONFIG_YAML'],
    [`http://${server.host}/none`, 'CONFIG_FILE_MISSING'],
  ]);
  expect(findings[1]!.message).toBe(`cannot read http://${server.host}/none: the server answered 404`);
});

test('broken YAML is named with its place, and hides no other document', () => {
  const { objects, findings } = loadText('rules.yaml', `${object('a')}---\nspec: [1, 2\n---\n${object('b')}`);

  expect(objects).toHaveLength(2);
  expect(findings.map(showFinding)[0]).toMatch(/^rules\.yaml:\d+:\d+ {2}error {2}this is not valid YAML: .+ {2}CONFIG_YAML$/);
});

test('a tab is named as such', () => {
  expect(shown('kind: x\n\tspec: y\n')[0]).toBe(
    'rules.yaml:2:1  error  this is not valid YAML: a tab is used for indentation; YAML allows only spaces there  CONFIG_YAML',
  );
});

test('what is no Kubernetes object is said to be none', () => {
  expect(shown('- a\n- b\n')).toEqual([
    'rules.yaml:1:1  error  a rule file holds Kubernetes objects, but this document is a list  CONFIG_NOT_AN_OBJECT\n  try: give it `apiVersion`, `kind` and `metadata.name`',
  ]);
});

test('lists within lists, and lists as an API server gives them, are read as their items', () => {
  const inner =
    'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: SensorList\n    items:\n      - {apiVersion: v1, kind: Pod}\n      - 5\n';

  expect(loadText('f', inner).objects.map(({ at }) => at)).toEqual([['items', 0, 'items', 0]]);
  expect(shown(inner)).toEqual([
    'rules.yaml:8:9  error  a rule file holds Kubernetes objects, but this document is 5  CONFIG_NOT_AN_OBJECT\n  try: give it `apiVersion`, `kind` and `metadata.name`',
  ]);
});

test('what is nested without end is refused with a sentence', () => {
  expect(shown('['.repeat(20_000))[0]).toMatch(
    /^rules\.yaml:1:\d+ {2}error {2}this is not valid YAML: it is nested too deeply {2}CONFIG_YAML$/,
  );
});
