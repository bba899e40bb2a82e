import { expect, test } from 'vitest'
import { localeOfTerminal } from '../../src/base/locale.ts'

test.each([
  [{}, 'en'],
  [{ LANG: 'C.UTF-8' }, 'en'],
  [{ LANG: 'fr_FR.UTF-8' }, 'en'],
  [{ LANG: 'en_US.UTF-8' }, 'en'],
  [{ LANG: 'ja_JP.UTF-8' }, 'ja'],
  [{ LANG: 'ja' }, 'ja'],
  [{ LANG: 'ja_JP.eucJP', LC_MESSAGES: 'en_GB.UTF-8' }, 'en'],
  [{ LANG: 'C', LC_MESSAGES: 'C', LC_ALL: 'ja_JP.UTF-8' }, 'ja'],
  [{ LANG: 'ja_JP.UTF-8', LC_MESSAGES: '', LC_ALL: '' }, 'ja'],
])('a terminal with %j reads %s', (env, locale) => {
  expect(localeOfTerminal(env)).toBe(locale)
})
