import { afterEach, beforeEach, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { LOCALES } from '../../src/base/locale.ts'
import { deskCommand, isDeskCommand } from '../../src/node/desk.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { deskTexts } from '../../templates/text/desk.ts'
import { booked, bookings, letters, mito } from '../booking/fixtures.ts'
import { application, MITO, type World } from '../world.ts'
import { freshDatabase, start } from './server.ts'

let w: World
beforeEach(async () => {
  w = await mito()
  await booked(w)
  const { id } = await booked(w, application({ slot: `${MITO}-1100`, seats: 2, name: '電話 花子' }))
  await w.run('update booking set email = null where id = ?', id)
})
afterEach(() => w.close())

const madoguchi = (command: string, ...args: string[]) => deskCommand(w.system, command, args)
const SNOW = ['--reason', '大雪のため']

test.each([
  ['call-off', [MITO, ...SNOW], '【開催中止】', 'called_off'],
  ['convert', [MITO, '--into', 'online', ...SNOW], '【開催形式の変更】', 'converted'],
  ['reschedule', [MITO, '--date', '2026-11-30', ...SNOW], '【変更】テレワーク無料相談会 11月30日(月)', 'rescheduled'],
  ['reschedule', [MITO, '--postpone', ...SNOW], '【延期】', 'postponed'],
  [
    'suspend',
    ['--region', 'kanto', '--from', '2026-11-24', '--to', '2026-11-30', '--into', 'phone', ...SNOW],
    '【開催形式の変更】',
    'converted',
  ],
])('%s shows who, how many, the letter and who has to be called, and does it only with --yes', async (...row) => {
  const [command, args, subject, kind] = row
  const before = await bookings(w)
  const shown = await madoguchi(command, ...args)
  expect(shown).toContain('1 sessions, 2 bookings (3 people): 1 told by letter, 1 by phone')
  expect(shown).toContain('IB-1127-02 電話 花子 029-224-0001')
  expect(shown).toContain(subject)
  expect(shown).toContain('理由：大雪のため')
  expect(await bookings(w)).toEqual(before)
  await madoguchi(command, ...args, '--yes')
  const told = (await letters(w)).filter((letter) => letter.kind === kind)
  expect(told.map((letter) => letter.channel).toSorted()).toEqual(['mail', 'phone'])
  expect(await madoguchi('calls')).toMatch(
    // A postponed session has no day.
    new RegExp(`^\\w+-\\w+\t${kind}\t08\t${kind === 'postponed' ? '' : '[\\d-]+'}\tテレワーク無料相談会\tIB-1127-02\t`),
  )
})

test('who waits for a place that came free too late is on the list of calls, and is promoted', async () => {
  await w.run('update session set capacity = 3 where id = ?', MITO)
  const { id } = await booked(w, application({ waitlist: true, name: '待合 一郎' }))
  w.at('2026-11-26T06:00:00.000Z')
  expect(await madoguchi('calls')).toBe('Nobody has to be called')
  await w.run('update session set capacity = 4 where id = ?', MITO)
  expect(await madoguchi('calls')).toMatch(new RegExp(`^${id}\tfreed\t08\t2026-11-27\t.+\t待合 一郎\t`))
  expect(await madoguchi('promote', id)).toBe(`${id} is booked`)
  expect(await madoguchi('calls')).toBe('Nobody has to be called')
})

test('a call is marked, a suspension lifted, a meeting told', async () => {
  const ordered = await madoguchi(
    'suspend',
    '--prefectures',
    '08',
    '--from',
    '2026-11-24',
    '--to',
    '2026-11-30',
    '--into',
    'online',
    ...SNOW,
    '--yes',
  )
  const [, id = ''] = /In force as (\w+): 1 sessions converted/.exec(ordered) ?? []
  const [call = ''] = (await madoguchi('calls')).split('\t')
  expect(await madoguchi('called', call)).toBe('Marked as told')
  expect(await madoguchi('calls')).toBe('Nobody has to be called')
  expect(await madoguchi('lift', id)).toContain('1 told by letter, 1 by phone')
  expect(await madoguchi('lift', id, '--yes')).toBe('Lifted: 1 sessions are held in person again')
  await madoguchi('meeting', MITO, 'https://meet.example.jp/a')
  expect(await sessionById(w.ctx, MITO)).toMatchObject({ meeting_url: 'https://meet.example.jp/a' })
})

test.each([
  ['call-off', [MITO, '--yes'], '--reasonを入力してください'],
  ['call-off', ['nowhere', ...SNOW, '--yes'], 'session'],
  ['call-off', [], 'which session?'],
  ['reschedule', [MITO, ...SNOW], '--date YYYY-MM-DD, or --postpone'],
  ['reschedule', [MITO, '--date', '2026-11-01', ...SNOW, '--yes'], '--dateを「2026/12/23」のように入力してください'],
  ['convert', [MITO, '--into', 'onsite', ...SNOW, '--yes'], '--intoを選んでください'],
  ['suspend', ['--prefectures', '08', ...SNOW], 'which days'],
  ['call-off', ['--unknown'], 'unknown'],
])('%s %j is refused in words', async (command, args, words) => {
  await expect(madoguchi(command, ...args)).rejects.toThrow(words)
})

test.each(LOCALES)('an act that is refused says what the console says, in %s', async (locale) => {
  const system = { ...w.system, locale }
  const { session, booking } = deskTexts(locale)
  const refused = (text: string, ...[command, ...args]: [string, ...string[]]) =>
    expect(deskCommand(system, command, args)).rejects.toThrow(new Error(text))
  const { id } = await booked(w, application({ slot: `${MITO}-1500`, email: 'jiro@example.jp' }))
  await w.run("update booking set status = 'cancelled' where id = ?", id)

  await refused(`${booking.refused.what}\n${booking.refused.closed}`, 'promote', id)
  await refused(`${booking.refused.what}\n${booking.refused.closed}`, 'approve', id)
  await refused(`${session.refused.what}\n${session.refused.closed}`, 'draw', MITO)
  await refused(`${session.refused.what}\n${session.refused.closed}`, 'settle', MITO, '--date', '2026-11-30')
  await w.run('update session set starts_at = null, ends_at = null where id = ?', MITO)
  const moved = ['--date', '2026-11-30', ...SNOW, '--yes']
  await refused(`${session.refused.what}\n${session.refused.undecided}`, 'reschedule', MITO, ...moved)
  await madoguchi('call-off', MITO, ...SNOW, '--yes')
  await refused(`${session.refused.what}\n${session.refused.closed}`, 'reschedule', MITO, ...moved)
})

test('a refusal ends the program with 1, in the language of the terminal', async () => {
  const env = { DATABASE_URL: `sqlite:${freshDatabase()}`, LANG: 'ja_JP.UTF-8' }
  const run = start('cli', ['staff', 'add', 'taro@example.jp', '--role', 'desk'], env)
  expect(await run.ended).toBe(1)
  expect(run.printed()).toBe('1か所をご確認ください\n--nameを入力してください\n')
})

test('staff invite prints the link and nothing else, and another one while nobody has signed in', async () => {
  const env = { DATABASE_URL: `sqlite:${freshDatabase()}`, PUBLIC_URL: 'http://localhost:8787' }
  const args = ['staff', 'invite', 'taro@example.jp', '--name', '総務 太郎', '--role', 'secretariat']
  const links: string[] = []
  for (let i = 0; i < 2; i++) {
    const run = start('cli', args, env)
    expect(await run.ended).toBe(0)
    expect(run.printed()).toMatch(/^http:\/\/localhost:8787\/desk\/sign-in\/[\w-]{43}\n$/)
    links.push(run.printed())
  }
  expect(new Set(links).size).toBe(2)
})

test('the version is that of package.json', async () => {
  const run = start('cli', ['--version'], {})
  expect(await run.ended).toBe(0)
  expect(run.printed()).toBe(`${manifest.version}\n`)
})

test('is reached as a command of its own', async () => {
  expect([isDeskCommand('calls'), isDeskCommand('toString'), isDeskCommand(undefined)]).toEqual([true, false, false])
  const path = freshDatabase()
  expect(await start('cli', ['migrate'], { DATABASE_URL: `sqlite:${path}` }).ended).toBe(0)
  const run = start('cli', ['calls'], { DATABASE_URL: `sqlite:${path}` })
  expect(await run.ended).toBe(0)
  expect(run.printed()).toBe('Nobody has to be called\n')
})
