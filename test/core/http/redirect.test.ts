import { describe, expect, test } from 'vitest';
import { type HttpRequest, redirected } from '../../../src/core/http/redirect.ts';

const headers = { Authorization: 'Basic x', Cookie: 'a=b', 'Content-Type': 'text/plain', 'X-Key': 'k', Other: 'o' };
const confidential = ['X-Key'];
const request = (url: string): HttpRequest => ({ method: 'POST', url: new URL(url), headers, host: 'virtual', body: 'text', confidential });

/** What follows the answer `status` with this `location` to a POST to http://a.example/x. */
const after = (status: number, location: string | undefined, first = 'http://a.example/x') =>
  redirected(request('http://a.example/x'), status, location, new URL(first));

describe('after an answer that sends on', () => {
  test.each([301, 302, 303])('%i becomes a GET without the body and what belongs to it', (status) => {
    expect(after(status, '/y')).toEqual({
      method: 'GET',
      url: new URL('http://a.example/y'),
      headers: { Authorization: 'Basic x', Cookie: 'a=b', 'X-Key': 'k', Other: 'o' },
      confidential,
      host: 'virtual',
    });
  });

  test.each([307, 308])('%i is sent again as it was', (status) => {
    expect(after(status, '/y')).toEqual({ ...request('http://a.example/y') });
  });

  test('what proves who we are stays with the first host and those below it', () => {
    const known = { Authorization: 'Basic x', Cookie: 'a=b', 'X-Key': 'k', Other: 'o' };

    expect(after(302, 'https://b.a.example/y')?.headers).toEqual(known);
    expect(after(302, 'http://nota.example/y')?.headers).toEqual({ Other: 'o' });
    expect(after(302, 'http://a.example:81/y')?.headers).toEqual(known);
  });

  test('what proves who we are is not sent in the clear where it was not before', () => {
    const secure = 'https://a.example/x';

    expect(redirected(request(secure), 302, 'http://a.example/y', new URL(secure))?.headers).toEqual({ Other: 'o' });
    expect(redirected(request(secure), 302, '/y', new URL(secure))?.headers).toHaveProperty('Authorization');
  });

  test('the name of the first host is not asked of another', () => {
    expect(after(302, 'http://b.example/y')?.host).toBeUndefined();
  });

  test.each<[number, string | undefined]>([
    [200, '/y'],
    [304, '/y'],
    [302, undefined],
    [302, ''],
  ])('%i with the location %s is the last answer', (status, location) => {
    expect(after(status, location)).toBeUndefined();
  });
});
