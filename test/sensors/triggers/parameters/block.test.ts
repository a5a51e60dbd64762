import { expect, test } from 'vitest';
import { buildEvent } from '../../../support/build-sensor.ts';
import { compiledSensor, prepareFirst, prepareOf } from '../../../support/compile-sensor.ts';

const calling = (http: object) => ({ triggers: [{ template: { name: 'call', http } }] });
const set = (dest: string, dataKey: string, more: object = {}) => ({ src: { dependencyName: 'dep', dataKey, ...more }, dest });

const rendered = async (block: object, data: object) => (await prepareFirst(calling(block), buildEvent('e1', { data }))).rendered;

test('a changed block is read as Go reads it: the case of names is forgiven, unknown fields are left out', async () => {
  const parameters = [set('METHOD', 'how'), set('nonsense', 'how')];

  expect(await rendered({ url: 'http://a/', parameters }, { how: 'PUT' })).toMatchObject({ method: 'PUT' });
});

test('values change the parts of a block that make up its payload too', async () => {
  const payload = [{ src: { dependencyName: 'dep', dataKey: 'how' }, dest: 'a' }];

  expect(await rendered({ url: 'http://a/', payload, parameters: [set('payload.0.dest', 'to')] }, { how: 'x', to: 'b' })).toMatchObject({
    body: '{"b":"x"}',
  });
});

test.each([
  [[set('method', 'v')], { v: 'HEAD' }, 'method: only GET, DELETE, PATCH, POST and PUT methods are supported'],
  [[set('url', 'v')], { v: '' }, 'url: server URL is not specified'],
  [[set('timeout', 'v')], { v: 'soon' }, 'timeout: timeout must be a number, not the text "soon"'],
  [[set('tls', 'v', { useRawData: true })], { v: { clientKeySecret: { name: 'a', key: 'b' } } }, 'tls: invalid tls config'],
])('what is no block after %j is never used', async (parameters, data, problem) => {
  const reading = rendered({ url: 'http://a/', parameters }, data);

  await expect(reading).rejects.toMatchObject({ code: 'EVENT_RENDERED_INVALID', retry: 'never' });
  await expect(reading).rejects.toThrow(`after its parameters the trigger is not valid: ${problem}`);
});

test('each event has its own block, however many there were', async () => {
  const { compiled } = compiledSensor(calling({ url: 'http://a/', parameters: [set('url', 'to', {})] }));
  const summaryFor = async (to: string) => (await prepareOf(compiled!, buildEvent('e1', { data: { to } }))).summary;

  for (let round = 0; round < 200; round++) expect(await summaryFor(`http://a/${round % 70}`)).toBe(`POST http://a/${round % 70}`);
});
