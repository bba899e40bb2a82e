import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The directives of the sample, by name. Comments are left out. */
const directives = Map.groupBy(
  readFileSync('docs/deploy/nginx.conf', 'utf8')
    .replaceAll(/^\s*#.*$/gm, '')
    .split(/[;{}]/)
    .map((one) => one.trim()),
  (one) => one.split(/\s/)[0] ?? '',
)
const given = (name: string) => directives.get(name)?.join('\n') ?? ''

test('the sample of nginx logs no query, no referrer and no path with a secret', () => {
  const format = given('log_format')
  expect(format).toContain('$uri')
  expect(format).not.toMatch(/\$(request|request_uri|args|query_string|is_args|http_referer|http_cookie)\b/)
  expect(directives.get('access_log')?.filter((one) => !/ (off|madoguchi if=\$told)$/.test(one))).toEqual([])
  // Below `crit` nginx logs the whole request of an upstream that failed or a limit that was reached.
  expect(directives.get('error_log')?.filter((one) => !one.endsWith(' crit'))).toEqual([])
  for (const path of ['~^/b/', '~^/tell/', '~^/desk/sign-in/.', '~^/desk/first/.', '~^/desk/feeds/']) {
    expect(given('map') + given(path)).toContain(path)
  }
})

test('it limits requests, speaks present versions of TLS only, and leads port 80 there', () => {
  expect(given('ssl_protocols')).toBe('ssl_protocols TLSv1.2 TLSv1.3')
  expect(given('limit_req')).toContain('zone=madoguchi')
  expect(given('return')).toBe('return 301 https://$host$request_uri')
})
